"""docs/stripe.md says what we make of each event: each of its rows is sent, and signed."""

import json
import time
from pathlib import Path

import pytest
import stripe

from enishi.escrow import commands as escrow
from enishi.payments import provider as port
from enishi.payments import webhooks
from enishi.payments.commands import sweeping
from enishi.payments.models import Payout
from enishi.payments.stripe import Stripe

from .stripe_bench import ORDER
from .stripe_page import rows
from .test_paying_out import add_bank
from .walks import LATER, NOON, settled

SECRET = "whsec_ours"


def body(name="payment_intent", livemode=False, **more):
    subject = {"object": name, "id": "x", "metadata": {"enishi": ORDER.reference}} | more
    event = {"id": "evt_1", "type": f"{name}.happened", "livemode": livemode}
    return json.dumps(event | {"data": {"object": subject}}).encode()


def signed(content, secret, *, age=0):
    at = time.time_ns() // 10**9 - age
    text = content.decode("latin-1")
    return stripe.WebhookSignature.generate_signature_header(text, secret, at)


def heard(content, *, secret=SECRET, age=0, key="sk_test_ours"):
    adapter = Stripe(url="http://127.0.0.1:9", key=key, webhook_secret=SECRET, patience=1)
    return adapter.notice(content, signed(content, secret, age=age))


def kind_of(content, **changes):
    return lambda: heard(content, **changes).kind


EVENTS = {
    "signed with another secret": lambda: heard(body(), secret="whsec_other"),
    "older than five minutes": lambda: heard(body(), age=301),
    "not text": lambda: heard(b"\xff\xfe"),
    "not JSON": lambda: heard(b"<html>"),
    "no event": lambda: heard(b"[1]"),
    "without our reference": kind_of(body(metadata={})),
    "of the test mode in a live market": kind_of(body(), key="sk_live_x"),
    "of the live mode in a demo": kind_of(body(livemode=True)),
}
# Of a whole walk, and therefore told elsewhere.
WALKED = {
    "sent twice": "test_webhooks.py::test_the_same_webhook_twice_counts_once",
    "about another account than the payee's": "test_stripe_events.py::"
    "test_an_event_about_another_account_asks_about_our_own_payee",
    "of a payment, before the answer that opened its page": "test_webhooks.py::"
    "test_an_event_that_comes_before_the_answer_finds_its_payment",
    "newest first": "test_transfers.py::test_events_twice_and_in_any_order_book_each_yen_once",
}


@pytest.mark.parametrize(("event", "then"), rows("Events"))
def test_an_event_is_taken_as_the_table_says(event, then):
    if event in WALKED:
        file, _, name = WALKED[event].partition("::")
        assert f"def {name}(" in (Path(__file__).parent / file).read_text()
    elif then == "`Forged`":
        with pytest.raises(port.Forged):
            EVENTS[event]()
    else:
        assert then == "counted, nothing is asked"
        assert EVENTS[event]() == ""


def test_every_event_of_the_table_is_played():
    assert {event for event, _ in rows("Events")} == set(EVENTS) | set(WALKED)


def test_an_event_about_another_account_asks_about_our_own_payee(provider, hana, ren):
    """Account mismatch: somebody else's payout names our reference. Nothing of it is believed."""
    settled(provider, hana)
    escrow.release("test", 1, to=ren.pk, net=7_000, fee=0, fee_tax=0, at=NOON, idem="pay")
    add_bank(ren)
    sweeping.sweep(at=NOON)
    payout = Payout.objects.get()
    event = {"account": "acct_other", "livemode": False, "id": "evt_2", "type": "payout.failed"}
    subject = {"object": "payout", "id": "po_other", "status": "failed"}
    content = json.dumps(
        event | {"data": {"object": subject | {"metadata": {"enishi": str(payout.key)}}}}
    ).encode()

    assert webhooks.receive(content, signed(content, provider.webhook_secret), at=LATER)

    payout.refresh_from_db()
    assert payout.status in ("sent", "paid")
    assert payout.failure_code == ""
