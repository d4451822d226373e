"""Whatever the provider does to a call, one sweep later there is exactly one effect (M6, T4)."""

from datetime import timedelta

import pytest

from enishi.escrow import commands as escrow
from enishi.escrow import queries as ledger
from enishi.kit.errors import Refused
from enishi.payments.commands import banking, paying, paying_out, refunding, sweeping
from enishi.payments.models import Payment, Payout, Refund

from .walks import NOON, begin, cleared, recorded, settled

SHAPES = [
    "time_out_before",
    "time_out_after",
    "error_before",
    "error_after",
    "rate_limit",
    "nonsense",
]


@pytest.fixture
def trouble(provider, settings):
    """Arrange a shape for the next call; where the answer stays out, we do not wait for it long."""

    def arrange(shape, path):
        provider.shape(shape, path)
        if shape.startswith("time_out"):
            settings.PAYMENT_PROVIDER = settings.PAYMENT_PROVIDER | {"seconds": 0.4}

    return arrange


def sweep_until(wait, is_done):
    """The worker's minutes, in quick succession."""
    minute = iter(range(1, 1000))

    def swept():
        sweeping.sweep(at=NOON + timedelta(minutes=next(minute)))
        return is_done()

    wait(swept)


@pytest.mark.parametrize("path", ["/v1/customers", "/v1/checkout/sessions"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_payment_begun_in_trouble_is_finished_by_the_sweep(
    provider, hana, wait, trouble, shape, path
):
    trouble(shape, path)
    with pytest.raises(Refused, match=r"payment\.provider_unavailable"):
        begin(hana)
    assert Payment.objects.get().status == "created"

    sweep_until(wait, lambda: Payment.objects.get().status == "requires_payment")

    provider.pay(Payment.objects.get())
    sweep_until(wait, lambda: Payment.objects.get().status == "succeeded")
    assert ledger.escrow_of("test", 1) == 9_979
    assert recorded("payment.") == ["payment.settled"]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_payer_may_simply_try_again(provider, hana, wait, trouble, shape):
    trouble(shape, "/v1/checkout/sessions")
    with pytest.raises(Refused):
        begin(hana)

    def tried():
        try:
            return begin(hana)
        except Refused:
            return None  # the first call still runs over there

    wait(tried)
    assert Payment.objects.get().status == "requires_payment"


def test_a_payment_is_settled_by_the_sweep_when_no_webhook_comes(provider, hana, wait):
    provider.pay(begin(hana))

    sweep_until(wait, lambda: ledger.held_total() == 9_979)

    assert recorded("payment.") == ["payment.settled"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_refund_in_trouble_is_made_exactly_once(provider, hana, wait, trouble, shape):
    payment = settled(provider, hana)
    refunding.refund("test", 1, 9_979, at=NOON, idem="end-1")
    trouble(shape, "/v1/refunds")

    sweep_until(wait, lambda: Refund.objects.get().status == "succeeded")

    made = provider.all(f"/v1/refunds?payment_intent={payment.charge}")
    assert [one["amount"] for one in made] == [9_979]


@pytest.mark.parametrize("path", ["/v1/transfers", "/v1/payouts"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_payout_in_trouble_is_made_exactly_once(provider, hana, ren, wait, trouble, shape, path):
    settled(provider, hana)
    escrow.release("test", 1, to=ren.pk, net=9_979, fee=0, fee_tax=0, at=NOON, idem="pay-1")
    bank = {"bank": "1100", "branch": "000", "holder": "ナツメ コトハ", "number": "0001234"}
    payee = banking.add(by=ren, at=NOON, name="ナツメ コトハ", **bank).payee
    trouble(shape, path)

    sweep_until(wait, lambda: Payout.objects.filter(status="paid").exists())

    moved = provider.all(f"/v1/transfers?destination={payee}")
    assert [one["amount"] for one in moved] == [9_979]
    own = {"stripe-account": payee}
    sent = provider.http.get("/v1/payouts", headers=own).json()["data"]
    assert [one["amount"] for one in sent] == [9_979]
    assert Payout.objects.count() == 1


@pytest.mark.parametrize("shape", ["error_before", "error_after", "time_out_after"])
def test_a_refused_payout_comes_back_once_even_in_trouble(
    provider, hana, ren, wait, trouble, shape
):
    before = provider.holds() - cleared()
    settled(provider, hana)
    escrow.release("test", 1, to=ren.pk, net=9_979, fee=0, fee_tax=0, at=NOON, idem="pay-1")
    bank = {"bank": "1100", "branch": "000", "holder": "ナツメ コトハ", "number": "1111116"}
    banking.add(by=ren, at=NOON, name="ナツメ コトハ", **bank)
    paying_out.pay_out_now(ren.pk, at=NOON)
    wait(lambda: provider.all("/v1/transfers?limit=1"))
    transfer = provider.all("/v1/transfers?limit=1")[0]
    trouble(shape, f"/v1/transfers/{transfer['id']}/reversals")

    sweep_until(wait, lambda: Payout.objects.get().status == "failed")

    assert ledger.payable_of(ren.pk) == 9_979
    assert provider.holds() - cleared() == before


def test_one_row_that_cannot_be_finished_does_not_keep_the_others_waiting(provider, hana, wait):
    lost = begin(hana, purpose=1)
    Payment.objects.filter(pk=lost.pk).update(provider_id="cs_unknown", ask_at=NOON)
    provider.pay(begin(hana, purpose=2))

    sweep_until(wait, lambda: ledger.escrow_of("test", 2) == 9_979)

    assert Payment.objects.get(pk=lost.pk).ask_at > NOON


def test_a_provider_that_took_another_sum_books_nothing(provider, hana, wait):
    payment = begin(hana)
    provider.pay(payment)
    Payment.objects.filter(pk=payment.pk).update(amount=9_978)

    with pytest.raises(paying.AmountDiffers):
        paying.settle(payment.pk, at=NOON)
    assert ledger.held_total() == 0
    assert recorded("payment.") == []
