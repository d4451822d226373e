"""Webhooks are hints: twice, late, reordered, forged or stale, they never book wrong money (M7)."""

import json
import time
from itertools import permutations

import pytest
import stripe
from django.db import DatabaseError, transaction
from django.db import connection as database

from enishi.escrow import queries as ledger
from enishi.payments import connection, webhooks
from enishi.payments import provider as port
from enishi.payments.commands import paying, refunding, sweeping
from enishi.payments.models import Payment, WebhookEvent

from .walks import LATER, NOON, RETURN, begin, recorded, settled

PATH = "/webhooks/provider/"


def signed(body: bytes, secret: str, *, age: int = 0) -> str:
    at = time.time_ns() // 10**9 - age
    return stripe.WebhookSignature.generate_signature_header(body.decode(), secret, at)


def event_of(provider, payment, name="payment_intent.succeeded") -> bytes:
    found = [
        one
        for one in provider.all(f"/v1/events?limit=100&type={name}")
        if one["data"]["object"]["metadata"].get("enishi") == str(payment.key)
    ]
    return json.dumps(found[0]).encode()


@pytest.fixture
def paid(provider, hana):
    """Paid at the provider; we have not heard of it yet."""
    payment = begin(hana)
    provider.pay(payment)
    return payment


def receive(provider, body, **more):
    secret = more.pop("secret", provider.webhook_secret)
    return webhooks.receive(body, signed(body, secret, **more), at=LATER)


def test_a_webhook_settles_the_payment(provider, paid):
    assert receive(provider, event_of(provider, paid))

    paid.refresh_from_db()
    assert (paid.status, paid.settled_at) == ("succeeded", LATER)
    assert ledger.escrow_of("test", 1) == 9_979


def test_the_same_webhook_twice_counts_once(provider, paid):
    body = event_of(provider, paid)

    assert [receive(provider, body) for _ in range(3)] == [True, False, False]
    assert recorded("payment.") == ["payment.settled"]
    assert WebhookEvent.objects.count() == 1


@pytest.mark.parametrize(
    "forge",
    [
        lambda body, secret: (body, ""),
        lambda body, secret: (body, "t=1,v1="),
        lambda body, secret: (body, "t=x,v1=y"),
        lambda body, secret: (body, signed(body, "whsec_other")),
        lambda body, secret: (body, signed(body, secret).replace("v1=", "v0=")),
        lambda body, secret: (body, signed(body, secret, age=301)),
        lambda body, secret: (body.replace(b"9979", b"9978"), signed(body, secret)),
        lambda body, secret: (body + b" ", signed(body, secret)),
        lambda body, secret: (b"\xff" + body, signed(body, secret)),
        lambda body, secret: (b"[]", signed(b"[]", secret)),
        lambda body, secret: (b"{", signed(b"{", secret)),
        lambda body, secret: (b'{"data":1}', signed(b'{"data":1}', secret)),
        lambda body, secret: (b'{"data":{}}', signed(b'{"data":{}}', secret)),
    ],
)
def test_what_the_provider_did_not_sign_just_now_is_refused(provider, paid, forge):
    body, signature = forge(event_of(provider, paid), provider.webhook_secret)

    with pytest.raises(port.Forged):
        webhooks.receive(body, signature, at=LATER)
    assert ledger.held_total() == 0
    assert not WebhookEvent.objects.exists()


def test_one_good_signature_among_several_is_enough(provider, paid):
    body = event_of(provider, paid)
    good = signed(body, provider.webhook_secret)
    stamp, _, digest = good.partition(",")

    assert webhooks.receive(body, f"{stamp},v1=00,{digest},v0=11", at=LATER)


def test_a_signature_stays_good_for_five_minutes(provider, paid):
    assert receive(provider, event_of(provider, paid), age=290)


def test_a_rotated_secret_loses_no_event(provider, paid, settings):
    old = provider.webhook_secret
    both = {"webhook_secret": f"whsec_new,{old}"}
    settings.PAYMENT_PROVIDER = settings.PAYMENT_PROVIDER | both
    body = event_of(provider, paid)

    assert receive(provider, body, secret=old)
    assert not receive(provider, body, secret="whsec_new")


def test_a_webhook_lies_about_nothing_because_the_state_is_asked_for(provider, hana):
    payment = begin(hana)
    lie = {
        "id": "evt_lie",
        "type": "payment_intent.succeeded",
        "livemode": False,
        "data": {
            "object": {
                "object": "payment_intent",
                "status": "succeeded",
                "amount_received": 9_979,
                "metadata": {"enishi": str(payment.key)},
            }
        },
    }

    assert receive(provider, json.dumps(lie).encode())
    payment.refresh_from_db()
    assert payment.status == "requires_payment"
    assert ledger.held_total() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"livemode": True},
        {"data": {"object": {"object": "payment_intent", "metadata": {}}}},
        {"data": {"object": {"object": "payment_intent", "metadata": {"enishi": "no uuid"}}}},
        {"data": {"object": {"object": "dispute", "metadata": {"enishi": "x"}}}},
        {"data": {"object": {"object": "payment_intent", "metadata": None}}},
        {"data": {"object": {}}},
    ],
)
def test_events_of_others_are_counted_and_change_nothing(provider, paid, change):
    event = json.loads(event_of(provider, paid)) | change

    assert receive(provider, json.dumps(event).encode())
    paid.refresh_from_db()
    assert paid.status == "requires_payment"


def test_an_event_that_comes_before_the_answer_finds_its_payment(provider, hana):
    """The intent is committed, the answer to our call is still on its way."""
    intent = {"purpose_kind": "test", "purpose_id": 1, "amount": 500, "provider": "sandbox"}
    fresh = Payment.objects.create(
        payer=hana, description="-", return_url=RETURN, created_at=NOON, ask_at=NOON, **intent
    )
    found = connection.provider().open_payment(paying._order(fresh))
    provider.pay_on(found.id)

    assert receive(provider, event_of(provider, fresh))
    fresh.refresh_from_db()
    assert fresh.status == "succeeded"


def test_every_order_of_the_events_of_a_life_ends_the_same(provider, hana):
    """All 120 orders of five events, the first of them once more at the end."""
    payment = begin(hana)
    provider.pay(payment, "pm_card_chargeDeclined")
    provider.pay(payment)
    names = ("created", "payment_failed", "succeeded")
    bodies = [event_of(provider, payment, f"payment_intent.{name}") for name in names]
    bodies.append(event_of(provider, payment, "checkout.session.completed"))
    bodies.append(bodies[2].replace(b'"id": "evt_', b'"id": "evt_again_', 1))

    for order in permutations(bodies):
        point = transaction.savepoint()
        for body in (*order, order[0]):
            receive(provider, body)
        assert Payment.objects.get().status == "succeeded"
        assert ledger.escrow_of("test", 1) == 9_979
        assert recorded("payment.") == ["payment.settled"]
        transaction.savepoint_rollback(point)


def test_a_refund_that_fails_days_later_is_heard_of(provider, hana):
    settled(provider, hana)
    made = refunding.refund("test", 1, 9_979, at=NOON, idem="end-1")
    sweeping.sweep(at=NOON)
    made.refresh_from_db()
    provider.http.post(f"/_control/refunds/{made.provider_id}/fail")
    event = provider.all("/v1/events?limit=1&type=refund.failed")[0]

    receive(provider, json.dumps(event).encode())

    made.refresh_from_db()
    assert made.status == "failed"
    assert ledger.escrow_of("test", 1) == 9_979


def test_events_are_append_only(provider, paid):
    """M2"""
    receive(provider, event_of(provider, paid))

    for statement in ("update {} set name = ''", "delete from {}", "truncate {}"):
        with (
            database.cursor() as cursor,
            pytest.raises(DatabaseError),
            transaction.atomic(),
        ):
            cursor.execute(statement.format("payments_webhookevent"))


def test_over_http_a_webhook_needs_no_cookie_but_a_signature(provider, paid, client):
    body = event_of(provider, paid)
    client.handler.enforce_csrf_checks = True
    kind = "application/json"

    forged = client.post(PATH, body, content_type=kind)
    taken = client.post(
        PATH,
        body,
        content_type=kind,
        headers={"stripe-signature": signed(body, provider.webhook_secret)},
    )

    assert (forged.status_code, taken.status_code) == (400, 200)
    assert client.get(PATH).status_code == 405
    assert ledger.escrow_of("test", 1) == 9_979


def test_a_truth_that_cannot_be_asked_for_makes_the_provider_send_again(provider, paid, client):
    body = event_of(provider, paid)
    provider.shape("error_before", "/v1/checkout", method="GET")

    def post():
        headers = {"stripe-signature": signed(body, provider.webhook_secret)}
        return client.post(PATH, body, content_type="application/json", headers=headers)

    assert [post().status_code for _ in range(2)] == [503, 200]
    assert ledger.escrow_of("test", 1) == 9_979
