"""docs/stripe.md names exactly what we send to Stripe, and nothing that we read is missing."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from enishi.escrow import commands as escrow
from enishi.payments import connection, stripe_events
from enishi.payments.commands import chargebacks, paying, refunding, sweeping
from enishi.payments.models import Chargeback, Payout, Refund
from enishi.payments.stripe import KINDS

from .recorder import recording
from .stripe_page import CALLS
from .test_paying_out import GOOD, REFUSING, add_bank
from .walks import LATER, NOON, begin

MANY = 101  # more than one page of any list


@pytest.fixture
def recorder(fresh_provider, settings):
    with recording(settings.PAYMENT_PROVIDER["url"]) as found:
        settings.PAYMENT_PROVIDER |= {"url": found.url}
        yield found


def stumbles(provider, path):
    """The next such call has its effect and answers with 500: the attempt after it looks first."""
    provider.shape("error_after", path)


def card_and_refund(provider, hana):
    """A card, 3-D Secure on the provider's page; a refund whose first attempt seems lost."""
    payment = begin(hana, 1, 30_000)
    provider.pay(payment, "pm_card_authenticationRequired")
    intent = provider.all(f"/v1/payment_intents?customer={_customer(provider, payment)}")[0]
    provider.http.post(f"/pay/{intent['id']}/secure", data={"result": "yes"})
    assert paying.settle(payment.pk, at=NOON).status == "succeeded"
    refunding.refund("test", 1, 500, at=NOON, idem="one")
    stumbles(provider, "/v1/refunds")
    sweeping.sweep(at=NOON)
    sweeping.sweep(at=LATER)
    refund = Refund.objects.get()
    refunding.refund("test", 1, 400, at=LATER, idem="two")
    sweeping.sweep(at=LATER)
    refunding.settle(refund.pk, at=LATER)
    provider.http.post(f"/_control/refunds/{refund.provider_id}/fail")
    connection.provider().refund_state(refund.provider_id)
    return payment


def _customer(provider, payment):
    payment.refresh_from_db()
    return provider.http.get(f"/v1/checkout/sessions/{payment.provider_id}").json()["customer"]


def furikomi(provider, hana):
    """A part, so many that they fill pages, too much of it, back by a stumbling call; and a page
    that is closed while it waits, another before anyone paid."""
    payment = begin(hana, 2, 9_979)
    provider.pay(payment, "pm_jp_bank_transfer")
    for _ in range(MANY // 2 + 1):
        provider.transfer(payment, 1)
    paying.settle(payment.pk, at=NOON)
    paying.cancel("test", 2, at=NOON)
    stumbles(provider, "/v1/refunds")
    sweeping.sweep(at=LATER)
    other = {"payment_intent": _succeeded(provider), "amount": "1"}
    for _ in range(MANY):
        provider.http.post("/v1/refunds", data=other).raise_for_status()
    sweeping.sweep(at=LATER + timedelta(minutes=2))
    assert Refund.objects.get(of="transfer").provider_id
    begin(hana, 3)
    paying.cancel("test", 3, at=NOON)


def _succeeded(provider):
    paid = provider.all("/v1/payment_intents?limit=100")
    return next(one["id"] for one in paid if one["status"] == "succeeded")


def declines(provider, hana):
    payment = begin(hana, 4)
    provider.pay(payment, "pm_card_chargeDeclinedInsufficientFunds")
    assert paying.settle(payment.pk, at=NOON).failure_code == "insufficient_funds"


def payouts(provider, ren):
    """One that the bank takes, one that it sends back; attempts that stumble at each step."""
    for number, path in ((GOOD, "/v1/payouts"), (REFUSING, "/v1/transfers")):
        purpose = 1
        escrow.release(
            "test", purpose, to=ren.pk, net=5_000, fee=0, fee_tax=0, at=NOON, idem=number
        )
        add_bank(ren, number)
        later = NOON + timedelta(days=4)
        stumbles(provider, path)
        for minutes in range(4):
            sweeping.sweep(at=later + timedelta(minutes=minutes))
        provider.arrive()
        sweeping.sweep(at=later + timedelta(hours=1))
    assert set(Payout.objects.values_list("status", flat=True)) == {"paid", "failed"}


def dispute(provider, payment):
    complaint = provider.take_back(payment, 1_000)
    chargebacks.hear(complaint, at=NOON)
    chargebacks.answer(Chargeback.objects.get().pk, by=payment.payer, at=NOON, text="Delivered.")


def reconciliation(provider):
    line = provider.all("/v1/balance_transactions?limit=1")[0]["id"]
    for _ in range(MANY):
        provider.http.post(f"/_control/objects/{line}/repeat").raise_for_status()
    there = connection.provider()
    assert len(list(there.movements(datetime(2020, 1, 1, tzinfo=UTC)))) > MANY
    assert there.holdings()


@pytest.fixture
def recorded_calls(recorder, fresh_provider, hana, ren, settings):
    """A whole walk, from a card to the comparison of the books."""
    settings.PAYMENT_PROVIDER |= {"seconds": 20}
    payment = card_and_refund(fresh_provider, hana)
    declines(fresh_provider, hana)
    payouts(fresh_provider, ren)
    dispute(fresh_provider, payment)
    furikomi(fresh_provider, hana)
    reconciliation(fresh_provider)
    lever = "/_control/webhook_endpoints"
    fresh_provider.http.post(lever, data={"url": "https://enishi.example/"}).raise_for_status()
    connection.provider().standing()
    return recorder.calls


def test_the_table_names_exactly_what_is_sent_and_read(recorded_calls):
    assert sorted(recorded_calls) == sorted(CALLS)
    for name, call in recorded_calls.items():
        sends, reads, key, account = CALLS[name]
        assert call.sends == sends, name
        assert reads <= call.answers, (name, reads - call.answers)
        assert call.keys == {key == "yes"}, name
        assert call.accounts == {"us": {False}, "payee": {True}, "both": {False, True}}[account]


def events_of(provider):
    """Every event that the provider would have sent, by its name and what it is about."""
    found, asked = set(), ""
    while True:
        page = provider.http.get(f"/v1/events?limit=100{asked}").json()
        found |= {(one["type"], one["data"]["object"]["object"]) for one in page["data"]}
        if not page["has_more"]:
            return found
        asked = f"&starting_after={page['data'][-1]['id']}"


def test_we_ask_for_the_events_that_we_act_on(recorded_calls, fresh_provider):
    """Whatever is sent about what is ours is either asked for, or known to change nothing."""
    sent = {name for name, about in events_of(fresh_provider) if about in KINDS}

    assert sent - set(stripe_events.IDLE) <= set(stripe_events.NEEDED)
    assert not set(stripe_events.IDLE) & set(stripe_events.NEEDED)


def test_no_card_ever_passes_through_our_hands():
    sent = {name for sends, *_ in CALLS.values() for name in sends}
    assert not [name for name in sent if re.search(r"card\W|cvc|exp_|\bnumber", name)]
