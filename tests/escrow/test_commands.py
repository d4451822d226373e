"""Money moves once, as a whole, and never out of nothing (CO8, B12, M5, M12)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from enishi.escrow import commands, queries
from enishi.escrow.models import Account, Entry, Line
from enishi.kit.errors import Refused

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
WORKER = 7
OUT_OF_RANGE = [-(2**63), -1, 0, 10**12 + 1, 2**63 - 1, 2**63, 10**30]

pytestmark = pytest.mark.django_db


def fund(amount=11_000, purpose=1, idem="fund-1"):
    return commands.fund("milestone", purpose, amount, provider="sandbox", at=NOON, idem=idem)


def release(net=8_580, fee=2_200, fee_tax=220, purpose=1, idem="release-1"):
    return commands.release(
        "milestone", purpose, to=WORKER, net=net, fee=fee, fee_tax=fee_tax, at=NOON, idem=idem
    )


def refund(amount, idem="refund-1"):
    return commands.refund("milestone", 1, amount, provider="sandbox", at=NOON, idem=idem)


def pay_out(amount, idem="payout-1"):
    return commands.pay_out(WORKER, amount, provider="sandbox", at=NOON, idem=idem)


def standing() -> dict[str, int]:
    return dict(Account.objects.exclude(balance=0).values_list("code", "balance"))


def test_funding_mirrors_what_the_provider_holds():
    fund()

    assert standing() == {"escrow:milestone:1": 11_000, "clearing:sandbox:1": -11_000}
    assert queries.escrow_of("milestone", 1) == 11_000
    assert queries.held_total() == 11_000


def test_releasing_divides_escrow_between_worker_fee_and_its_tax():
    """CO9: A 11,000 → F 2,200, tax 220, net 8,580."""
    fund()
    release()

    assert standing() == {
        "payable:7": 8_580,
        "fee:1": 2_200,
        "fee-tax:1": 220,
        "clearing:sandbox:1": -11_000,
    }
    assert queries.payable_of(WORKER) == 8_580


def test_a_partial_release_and_a_refund_of_the_rest_empty_the_escrow():
    fund()
    release(net=4_290, fee=1_100, fee_tax=110)
    refund(5_500)

    assert queries.escrow_of("milestone", 1) == 0
    assert queries.balance_of("clearing:sandbox:1") == -5_500


def test_a_payout_leaves_through_clearing_and_comes_back_when_it_fails():
    fund()
    release()
    pay_out(8_580)

    assert queries.payable_of(WORKER) == 0

    commands.payout_failed(WORKER, 8_580, provider="sandbox", at=NOON, idem="payout-1-failed")

    assert queries.payable_of(WORKER) == 8_580
    assert queries.verify() == []


def test_a_refund_that_fails_stands_in_escrow_again():
    fund()
    refund(11_000)
    commands.refund_failed("milestone", 1, 11_000, provider="sandbox", at=NOON, idem="failed-1")

    assert queries.escrow_of("milestone", 1) == 11_000


def test_the_same_key_moves_money_once():
    first = fund()
    again = fund()

    assert again == first
    assert (Entry.objects.count(), Line.objects.count()) == (1, 2)
    assert queries.escrow_of("milestone", 1) == 11_000


def test_the_same_key_at_another_time_is_still_the_same_entry():
    first = fund()
    later = commands.fund(
        "milestone", 1, 11_000, provider="sandbox", at=NOON + timedelta(days=1), idem="fund-1"
    )

    assert (later, later.at) == (first, NOON)


@pytest.mark.parametrize(
    "repeat",
    [
        lambda: fund(amount=11_001),
        lambda: fund(purpose=2),
        lambda: refund(11_000, idem="fund-1"),
        lambda: release(idem="fund-1"),
    ],
)
def test_the_same_key_with_other_content_is_refused(repeat):
    fund()

    with pytest.raises(Refused, match=r"escrow\.key_reused"):
        repeat()
    assert standing() == {"escrow:milestone:1": 11_000, "clearing:sandbox:1": -11_000}


@pytest.mark.parametrize("amount", OUT_OF_RANGE)
def test_amounts_out_of_range_are_refused(amount):
    """M12"""
    with pytest.raises(Refused, match=r"escrow\.amount_out_of_range"):
        fund(amount=amount)
    assert not Account.objects.exists()


def test_no_share_of_a_release_is_negative():
    fund()

    with pytest.raises(Refused, match=r"escrow\.amount_out_of_range"):
        release(net=11_220, fee=-200, fee_tax=-20)


def test_more_than_escrow_holds_is_never_released_nor_refunded():
    fund(amount=10_999)

    with pytest.raises(Refused, match=r"escrow\.not_enough") as refused:
        release()
    assert refused.value.facts == {"held": 10_999, "wanted": 11_000}
    with pytest.raises(Refused, match=r"escrow\.not_enough"):
        refund(11_000)
    assert queries.escrow_of("milestone", 1) == 10_999


def test_a_milestone_is_paid_once():
    fund()
    release()

    with pytest.raises(Refused, match=r"escrow\.not_enough"):
        release(idem="release-2")


def test_what_is_not_payable_is_not_paid_out():
    with pytest.raises(Refused, match=r"escrow\.not_enough"):
        pay_out(1)


def test_money_of_one_purpose_never_pays_for_another():
    fund(purpose=1)
    fund(purpose=17, idem="fund-17")

    with pytest.raises(Refused, match=r"escrow\.not_enough"):
        release(net=10_000, fee=2_000, fee_tax=200, purpose=17)


def test_a_rolled_back_act_leaves_no_entry():
    with transaction.atomic():
        fund()
        transaction.set_rollback(True)

    assert not Entry.objects.exists()
    assert standing() == {}


def owe(amount=11_000, idem="chargeback-1"):
    about = {"payer": WORKER, "provider": "sandbox"}
    return commands.charge_back("milestone", 1, amount, **about, at=NOON, idem=idem)


def test_what_a_bank_takes_back_is_owed_by_the_payer_and_escrow_stays_promised():
    """M11"""
    fund()
    owe()

    assert standing() == {"escrow:milestone:1": 11_000, "receivable:7": -11_000}
    assert queries.owed_by(WORKER) == 11_000


def test_a_chargeback_that_is_won_leaves_nothing_owed():
    fund()
    owe()
    about = {"payer": WORKER, "provider": "sandbox"}
    commands.chargeback_won("milestone", 1, 11_000, **about, at=NOON, idem="won-1")

    assert queries.owed_by(WORKER) == 0
    assert queries.balance_of("clearing:sandbox:1") == -11_000


def test_escrow_that_would_go_back_settles_what_is_owed():
    fund()
    owe()
    commands.recover("milestone", 1, 11_000, payer=WORKER, at=NOON, idem="recovery-1")

    assert standing() == {}


def test_what_is_written_off_is_borne_by_the_market():
    fund()
    release()
    owe()
    commands.write_off("milestone", 1, 11_000, payer=WORKER, at=NOON, idem="write-off-1")

    assert queries.owed_by(WORKER) == 0
    assert queries.summary().own == -11_000
    assert queries.payable_of(WORKER) == 8_580


def test_nobody_gives_back_more_than_they_owe():
    fund()
    owe(500)

    with pytest.raises(Refused, match=r"escrow\.more_than_owed") as refused:
        commands.recover("milestone", 1, 501, payer=WORKER, at=NOON, idem="recovery-1")
    assert refused.value.facts == {"owed": 500, "given": 501}
    assert queries.owed_by(WORKER) == 500


def test_a_correction_moves_between_the_markets_own_money_and_a_person():
    commands.correct(
        "account", WORKER, 300, source="own:7", into="payable:7", at=NOON, idem="correction-1"
    )

    assert standing() == {"own:7": -300, "payable:7": 300}


def test_a_part_and_what_is_too_much_come_into_escrow_as_kinds_of_their_own():
    facts = {"provider": "sandbox", "at": NOON}
    part = commands.fund_partly("milestone", 1, 4_000, **facts, idem="part-1")
    rest = commands.fund("milestone", 1, 7_000, **facts, idem="fund-1")
    more = commands.exceed("milestone", 1, 500, **facts, idem="excess-1")

    assert standing() == {"escrow:milestone:1": 11_500, "clearing:sandbox:1": -11_500}
    entries = (part, rest, more)
    assert [one.kind for one in entries] == ["partial_fund", "fund", "excess"]
    assert {(one.purpose_kind, one.purpose_id, one.at) for one in entries} == {
        ("milestone", 1, NOON)
    }
    assert [one.idem for one in entries] == ["part-1", "fund-1", "excess-1"]
    assert commands.exceed("milestone", 1, 500, **facts, idem="excess-1") == more


def earn(account_id, amount):
    facts = {"provider": "sandbox", "at": NOON}
    commands.fund("milestone", account_id, amount, **facts, idem=f"fund-{account_id}")
    shares = {"net": amount, "fee": 0, "fee_tax": 0}
    commands.release(
        "milestone", account_id, to=account_id, **shares, at=NOON, idem=str(account_id)
    )


BATCH = 19


def batch(verb, shares, idem):
    return verb(BATCH, shares, provider="bank", at=NOON, idem=idem)


def test_one_file_takes_what_several_people_are_owed_and_gives_it_back_when_withdrawn():
    earn(7, 900)
    earn(8, 600)
    left = batch(commands.pay_out_batch, {7: 900, 8: 500}, "batch-19")

    assert (queries.payable_of(7), queries.payable_of(8)) == (0, 100)
    assert queries.balance_of("clearing:bank:3") == 1_400
    assert (left.kind, left.purpose_kind, left.purpose_id) == ("payout", "batch", BATCH)
    assert (left.at, left.idem) == (NOON, "batch-19")
    assert batch(commands.pay_out_batch, {7: 900, 8: 500}, "batch-19") == left

    back = batch(commands.batch_cancelled, {7: 900, 8: 500}, "back-19")

    assert (queries.payable_of(7), queries.payable_of(8)) == (900, 600)
    assert queries.balance_of("clearing:bank:3") == 0
    assert (back.kind, back.purpose_kind, back.purpose_id) == ("payout_cancelled", "batch", BATCH)
    assert (back.at, back.idem) == (NOON, "back-19")
    assert batch(commands.batch_cancelled, {7: 900, 8: 500}, "back-19") == back


def test_nobody_gets_more_by_a_file_than_they_are_owed():
    earn(7, 900)
    earn(8, 600)

    with pytest.raises(Refused, match=r"escrow\.not_enough") as refused:
        batch(commands.pay_out_batch, {7: 900, 8: 601}, "batch-19")
    assert refused.value.facts == {"held": 600, "wanted": 601}
    assert (queries.payable_of(7), queries.payable_of(8)) == (900, 600)
