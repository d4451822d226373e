"""What the ledger says of itself at its edges: spans, kinds, keys, sums of a few yen."""

from datetime import UTC, datetime, timedelta

import pytest

from enishi.escrow import commands, queries, statements
from enishi.escrow.models import Entry
from enishi.kit.errors import Refused

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WORKER = 7

pytestmark = pytest.mark.django_db


def fund(purpose=1, amount=11_000, at=NOON):
    idem = f"fund-{purpose}"
    return commands.fund("milestone", purpose, amount, provider="sandbox", at=at, idem=idem)


def release(purpose=1, *, net=8_580, fee=2_200, fee_tax=220, to=WORKER, at=NOON):
    shares = {"net": net, "fee": fee, "fee_tax": fee_tax}
    return commands.release("milestone", purpose, to=to, **shares, at=at, idem=f"free-{purpose}")


def earned(purpose=1, *, to=WORKER, at=NOON):
    fund(purpose, at=at)
    return release(purpose, to=to, at=at)


@pytest.mark.parametrize("share", ["net", "fee", "fee_tax"])
def test_no_share_of_a_release_is_negative(share):
    fund()

    with pytest.raises(Refused, match="escrow.amount_out_of_range"):
        release(**{share: -1})


def test_a_split_is_called_so():
    fund()
    commands.split(
        "milestone",
        1,
        to=WORKER,
        net=4_000,
        fee=500,
        fee_tax=50,
        at=NOON,
        idem="split-1",
    )

    entry = Entry.objects.get(idem="split-1")
    assert (entry.kind, entry.facts["net"]) == ("split", 4_000)


def test_what_the_fee_and_its_tax_take_whole_is_released_too():
    fund(amount=2)

    release(net=0, fee=1, fee_tax=1)

    assert queries.escrow_of("milestone", 1) == 0


def test_what_comes_back_from_a_bank_is_about_the_person():
    earned()
    commands.pay_out(WORKER, 8_580, provider="sandbox", at=NOON, idem="out-1")

    entry = commands.payout_failed(WORKER, 8_580, provider="sandbox", at=NOON, idem="back-1")

    assert (entry.purpose_kind, entry.purpose_id) == ("account", WORKER)


def test_a_key_that_is_used_for_something_else_is_named():
    fund()

    with pytest.raises(Refused, match="escrow.key_reused") as refused:
        fund(amount=12_000)

    assert refused.value.facts == {"key": "fund-1"}


def test_sums_of_many_accounts_are_added_by_kind():
    for purpose in range(1, 5):
        fund(purpose)

    assert queries.summary().escrow == 44_000


def test_a_single_yen_that_is_owed_is_owed():
    fund(amount=3)
    release(net=1, fee=1, fee_tax=1)

    assert [credit.amount for credit in queries.unpaid([WORKER])] == [1]


def test_what_was_paid_out_whole_is_owed_no_more():
    earned()
    commands.pay_out(WORKER, 8_580, provider="sandbox", at=NOON, idem="out-1")

    assert queries.unpaid([WORKER]) == []


def test_a_statement_begins_with_its_first_moment_and_ends_before_its_last():
    for purpose in range(1, 5):
        earned(purpose, at=NOON + purpose * SECOND)

    found = statements.lines("payable:7", NOON + 2 * SECOND, NOON + 4 * SECOND, most=9)

    assert [line.at for line in found] == [NOON + 3 * SECOND, NOON + 2 * SECOND]


def test_lines_of_one_moment_are_told_the_newest_first():
    for purpose in range(1, 5):
        earned(purpose)

    found = statements.lines("payable:7", NOON, NOON + SECOND, most=9)

    ids = [line.id for line in found]
    assert ids == sorted(ids, reverse=True)
