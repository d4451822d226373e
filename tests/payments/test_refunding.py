"""Money goes back to the payer: once, never more than is held, and never silently lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.escrow import queries as ledger
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.payments import queries
from enishi.payments.commands import chargebacks, refunding, sweeping
from enishi.payments.models import Payment, Refund

from .walks import LATER, NOON, cleared, recorded, settled


def refund(amount=9_979, idem="end-1"):
    return refunding.refund("test", 1, amount, at=NOON, idem=idem)


def refunds_of(provider, payment):
    return [one["amount"] for one in provider.all(f"/v1/refunds?payment_intent={payment.charge}")]


def test_the_ledger_moves_with_the_act_and_the_provider_follows(provider, hana):
    payment = settled(provider, hana)
    with transaction.atomic():
        made = refund()

    assert (made.status, ledger.escrow_of("test", 1)) == ("created", 0)
    assert refunds_of(provider, payment) == []

    sweeping.sweep(at=LATER)

    made.refresh_from_db()
    assert (made.status, made.finished_at, made.ask_at) == ("succeeded", LATER, None)
    assert refunds_of(provider, payment) == [9_979]
    assert recorded("refund.") == ["refund.succeeded"]


def test_a_refund_in_parts_never_exceeds_what_is_held(provider, hana):
    payment = settled(provider, hana)
    refund(4_000, "part-1")
    with pytest.raises(Refused, match=r"escrow\.not_enough"):
        refund(5_980, "part-2")
    refund(5_979, "part-3")
    sweeping.sweep(at=LATER)

    assert refunds_of(provider, payment) == [5_979, 4_000]
    assert Refund.objects.count() == 2


def test_the_same_refund_twice_is_one(provider, hana):
    payment = settled(provider, hana)
    assert refund() == refund()
    for _ in range(3):
        sweeping.sweep(at=LATER)

    assert refunds_of(provider, payment) == [9_979]
    with pytest.raises(Refused, match=r"escrow\.key_reused"):
        refund(1)


def test_nothing_is_refunded_that_was_never_paid(provider, hana):
    with pytest.raises(Payment.DoesNotExist):
        refund()


def test_a_refund_that_the_bank_sends_back_stands_in_escrow_again(provider, hana):
    settled(provider, hana)
    made = refund()
    sweeping.sweep(at=LATER)
    made.refresh_from_db()
    provider.http.post(f"/_control/refunds/{made.provider_id}/fail")

    done = refunding.settle(made.pk, at=LATER + timedelta(days=3))

    assert (done.status, done.failure_code) == ("failed", "expired_or_canceled_card")
    assert ledger.escrow_of("test", 1) == 9_979
    assert recorded("refund.") == ["refund.succeeded", "refund.failed"]
    assert refunding.settle(made.pk, at=LATER + timedelta(days=4)).status == "failed"
    assert ledger.verify() == []


def test_a_refund_that_the_provider_refuses_fails_in_words_and_keeps_the_money(provider, hana):
    payment = settled(provider, hana)
    form = {"payment_intent": payment.charge, "amount": "9979"}
    provider.http.post("/v1/refunds", data=form)  # by hand, on the provider's own pages
    made = refund()

    sweeping.sweep(at=LATER)

    made.refresh_from_db()
    assert (made.status, made.failure_code) == ("failed", "charge_already_refunded")
    assert ledger.escrow_of("test", 1) == 9_979


def test_ledger_and_provider_agree_after_refunds(provider, hana):
    before = provider.holds() - cleared()
    settled(provider, hana)
    refund(1, "a")
    refund(978, "b")
    sweeping.sweep(at=LATER)

    assert provider.holds() - cleared() == before


def test_a_refund_whose_answer_was_lost_for_days_is_made_once(provider, hana):
    """The provider forgets a key after a day: then we look before we ask again (M6)."""
    payment = settled(provider, hana)
    made = refund(4_000)
    refunding._ask(made, at=NOON)  # and nobody lived to book the answer
    provider.forget_keys()

    sweeping.sweep(at=NOON + timedelta(days=2))

    made.refresh_from_db()
    assert made.status == "succeeded"
    assert refunds_of(provider, payment) == [4_000]


@pytest.fixture
def failed(provider, hana):
    """A refund of 9,979 yen that the card's bank sent back."""
    settled(provider, hana)
    made = refund()
    sweeping.sweep(at=LATER)
    made.refresh_from_db()
    provider.http.post(f"/_control/refunds/{made.provider_id}/fail")
    return refunding.settle(made.pk, at=LATER)


def test_a_refund_that_failed_is_sent_once_more_and_once_only(provider, failed, hana):
    """PE6: until then its payer cannot leave."""
    assert queries.has_open_money(hana.pk)
    assert [one.pk for one in queries.failed_refunds(most=5)] == [failed.pk]

    refunding.close(failed.pk, at=LATER, how="again")
    with pytest.raises(Refused, match=r"refund\.close\.closed"), transaction.atomic():
        refunding.close(failed.pk, at=LATER, how="by_hand")
    sweeping.sweep(at=LATER)

    assert ledger.escrow_of("test", 1) == 0
    assert list(Refund.objects.order_by("id").values_list("status", flat=True)) == [
        *("closed", "succeeded")
    ]
    assert refunding.settle(failed.pk, at=LATER).status == "closed"
    assert not queries.has_open_money(hana.pk)
    assert queries.failed_refunds(most=5) == []
    assert ledger.verify() == []


def test_a_refund_given_back_by_hand_leaves_the_sum_to_the_market(failed, hana):
    refunding.close(failed.pk, at=LATER, how="by_hand")

    assert (ledger.escrow_of("test", 1), ledger.summary().own) == (0, 9_979)
    assert Refund.objects.count() == 1
    assert not queries.has_open_money(hana.pk)
    assert ledger.verify() == []


def test_a_refund_that_failed_settles_first_what_is_owed_for_its_payment(provider, failed, hana):
    """M11"""
    complaint = provider.take_back(failed.payment, 4_000)
    chargeback = chargebacks.hear(complaint, at=LATER)
    with pytest.raises(Refused, match=r"chargeback\.undecided"), transaction.atomic():
        refunding.close(failed.pk, at=LATER, how="again")
    provider.decide(complaint, "lost")
    chargebacks.settle(chargeback.pk, at=LATER)

    assert refunding.close(failed.pk, at=LATER, how="again") == 5_979

    assert ledger.owed_by(hana.pk) == 0
    assert Refund.objects.get(status="created").amount == 5_979


def test_only_a_refund_that_failed_is_closed(provider, hana):
    settled(provider, hana)
    made = refund()

    with pytest.raises(Refused, match=r"refund\.close\.created"):
        refunding.close(made.pk, at=LATER, how="again")


def test_a_refund_that_was_not_sent_yet_waits_while_the_bank_decides(provider, hana):
    """M11: or the payer would have the money twice."""
    payment = settled(provider, hana)
    settled(provider, hana, 2)  # from which it could be paid
    made = refund()
    complaint = provider.take_back(payment)
    chargebacks.hear(complaint, at=NOON)

    for minutes in (2, 20):
        sweeping.sweep(at=NOON + timedelta(minutes=minutes))
    assert refunds_of(provider, payment) == []
    provider.decide(complaint, "won")
    for minutes in (40, 60):
        sweeping.sweep(at=NOON + timedelta(minutes=minutes))

    made.refresh_from_db()
    assert made.status == "succeeded"
    assert refunds_of(provider, payment) == [9_979]
    assert ledger.owed_by(hana.pk) == 0


def test_treasurers_are_told_when_a_refund_that_failed_waits_too_long(failed):
    """CL16"""
    assert failed.due_at == business_days_after(failed.finished_at, 2)

    refunding.tick(failed.pk, at=failed.due_at - timedelta(seconds=1))
    assert "refund.overdue" not in recorded("refund.")
    for _ in range(2):
        refunding.tick(failed.pk, at=failed.due_at)
    assert recorded("refund.").count("refund.overdue") == 1

    refunding.close(failed.pk, at=failed.due_at, how="by_hand")
    failed.refresh_from_db()
    assert (failed.due_at, failed.next_at) == (None, None)


def test_a_refund_that_failed_and_waits_without_a_clock_is_refused_by_the_database(failed):
    with pytest.raises(IntegrityError, match="refund_waits_with_a_clock"), transaction.atomic():
        Refund.objects.filter(pk=failed.pk).update(due_at=None)
