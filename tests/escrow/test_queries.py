"""What the ledger says of itself, and that it finds what is wrong (M1, M9's ledger side)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from enishi.escrow import commands, queries
from enishi.escrow.models import Line
from enishi.escrow.queries import Fault, LineView

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def walked(db):
    """Two milestones funded, the first released and paid out, the second half refunded."""
    for purpose, amount in ((1, 11_000), (2, 60_000)):
        commands.fund(
            "milestone", purpose, amount, provider="sandbox", at=NOON, idem=f"fund-{purpose}"
        )
    commands.release(
        "milestone", 1, to=7, net=8_580, fee=2_200, fee_tax=220, at=NOON, idem="release-1"
    )
    later = NOON + timedelta(days=1)
    commands.pay_out(7, 8_580, provider="sandbox", at=later, idem="payout-1")
    commands.refund("milestone", 2, 30_000, provider="sandbox", at=later, idem="refund-2")


def test_the_history_of_a_purpose_is_told_in_order(walked):
    entries = queries.entries_for("milestone", 1)

    assert [entry.kind for entry in entries] == ["fund", "release"]
    assert entries[0].lines == (
        LineView("clearing:sandbox:1", -11_000),
        LineView("escrow:milestone:1", 11_000),
    )
    assert entries[1].facts == {"to": 7, "net": 8_580, "fee": 2_200, "fee_tax": 220}
    assert [entry.at for entry in entries] == [NOON, NOON]


def test_a_history_is_that_of_one_kind_of_purpose(walked):
    about = {"provider": "sandbox", "at": NOON, "idem": "paid-back"}
    commands.fund("chargeback", 1, 500, **about)

    assert [entry.kind for entry in queries.entries_for("chargeback", 1)] == ["fund"]


def test_payouts_stand_in_the_history_of_the_account(walked):
    assert [entry.kind for entry in queries.entries_for("account", 7)] == ["payout"]


def test_many_purposes_are_asked_in_one_question(walked, django_assert_num_queries):
    with django_assert_num_queries(1):
        held = queries.escrow_of_many("milestone", [1, 2, 3])
    assert held == {1: 0, 2: 30_000, 3: 0}


def test_the_summary_says_where_all_money_stands(walked):
    found = queries.summary()

    assert (found.entries, found.lines) == (5, 12)
    assert (found.escrow, found.payable, found.fee, found.fee_tax) == (30_000, 0, 2_200, 220)
    assert found.clearing == {"sandbox": -32_420}
    assert found.escrow + found.payable + found.fee + found.fee_tax == 32_420


def test_the_summary_says_what_is_owed_to_the_market_and_borne_by_it(walked):
    about = {"payer": 3, "at": NOON}
    commands.charge_back("milestone", 2, 30_000, provider="sandbox", idem="back", **about)
    commands.write_off("milestone", 2, 10_000, idem="off", **about)

    found = queries.summary()

    assert (found.receivable, found.own) == (-20_000, -10_000)
    assert queries.owed_by(3) == 20_000
    assert queries.balance_of("own:2") == -10_000


def test_an_empty_ledger_says_nought_of_everything(db):
    found = queries.summary()

    assert (found.entries, found.lines, found.clearing) == (0, 0, {})
    sums = (found.escrow, found.payable, found.fee, found.fee_tax, found.receivable, found.own)
    assert sums == (0,) * 6


def test_one_yen_is_owed_too(walked):
    commands.release("milestone", 2, to=9, net=1, fee=0, fee_tax=0, at=NOON, idem="release-2")

    assert queries.payable_accounts() == [(9, 1)]


def test_who_is_owed_something_is_listed(walked):
    commands.release("milestone", 2, to=9, net=30_000, fee=0, fee_tax=0, at=NOON, idem="release-2")

    assert queries.payable_accounts() == [(9, 30_000)]


def test_a_walked_ledger_is_sound(walked):
    assert queries.verify() == []


def test_an_empty_ledger_is_sound(db):
    assert queries.verify() == []
    assert queries.held_total() == 0
    assert queries.payable_of(1) == 0


def test_one_yen_changed_behind_the_triggers_is_found(market):
    """The owner may switch triggers off; nobody else can. Then verify says what it sees."""
    commands.fund("milestone", 1, 500, provider="sandbox", at=NOON, idem="fund-1")
    with connections["owner"].cursor() as owner:
        owner.execute("alter table escrow_line disable trigger user")
        owner.execute("update escrow_line set amount = 501 where amount = 500")
        owner.execute("alter table escrow_line enable trigger user")

    faults = queries.verify()

    entry_id = queries.entries_for("milestone", 1)[0].id
    line_id = Line.objects.get(amount=501).pk
    assert faults == [
        Fault("the ledger sums to zero", "all lines", 0, 1),
        Fault("an entry balances", f"entry {entry_id}", 0, 1),
        Fault("what was credited is the sum of such lines", "escrow:milestone:1", 501, 500),
        Fault("a balance is the sum of its lines", "escrow:milestone:1", 501, 500),
        Fault("a line says the balance after it", f"line {line_id}", 501, 500),
        Fault("a line says what was credited until then", f"line {line_id}", 501, 500),
    ]


def test_what_moved_at_a_provider_is_told_oldest_first_as_it_changed_our_balance_there(db):
    soon = NOON + timedelta(hours=1)
    commands.fund("milestone", 1, 900, provider="sandbox", at=NOON, idem="fund")
    commands.fund("milestone", 2, 100, provider="sandboxed", at=NOON, idem="elsewhere")
    commands.refund("milestone", 1, 300, provider="sandbox", at=soon, idem="refund")

    assert list(queries.cleared("sandbox")) == [("fund", 900, NOON), ("refund", -300, soon)]
    assert queries.size() == {"accounts": 4, "entries": 3, "lines": 6}
