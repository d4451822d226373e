"""What the provider says may be nonsense: then no yen is booked for it, nothing falls over, and
everything else goes on (M7)."""

import json

import pytest

from enishi.escrow import queries as ledger
from enishi.payments.commands import chargebacks, paying, sweeping
from enishi.payments.models import Chargeback, Payment
from enishi.payments.provider import Unavailable

from .test_webhooks import PATH, event_of, signed
from .walks import LATER, begin, settled


def alter(provider, name, kind, **changes):
    path = f"/_control/objects/{name}/alter"
    provider.http.post(path, data={"kind": kind} | changes).raise_for_status()


def intent_of(provider, payment):
    return provider.http.get(f"/v1/checkout/sessions/{payment.provider_id}").json()[
        "payment_intent"
    ]


def post(provider, client, body):
    headers = {"stripe-signature": signed(body, provider.webhook_secret)}
    return client.post(PATH, body, content_type="application/json", headers=headers)


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_received": "9978"},
        {"amount_received": "-9979"},
        {"currency": "usd"},
    ],
)
def test_another_sum_or_currency_is_not_booked_and_nothing_falls_over(
    provider, hana, client, changes
):
    payment = begin(hana)
    provider.pay(payment)
    alter(provider, intent_of(provider, payment), "payment_intent", **changes)
    other = begin(hana, 2)
    provider.pay(other)
    client.force_login(hana)

    assert client.get(f"/payments/{payment.pk}/return/").status_code == 302
    assert post(provider, client, event_of(provider, payment)).status_code == 503
    with pytest.raises(Unavailable):
        paying.settle(payment.pk, at=LATER)
    sweeping.sweep(at=LATER)

    payment.refresh_from_db()
    assert payment.status == "requires_payment"
    assert payment.ask_at > LATER
    assert ledger.escrow_of("test", 1) == 0
    assert ledger.escrow_of("test", 2) == 9_979


@pytest.mark.parametrize("changes", [{"amount": "0"}, {"amount": "-1"}, {"currency": "usd"}])
def test_a_complaint_about_no_sum_of_yen_is_not_booked(provider, hana, client, changes):
    complaint = provider.take_back(settled(provider, hana))
    event = provider.all("/v1/events?limit=1&type=charge.dispute.created")[0]
    alter(provider, complaint, "dispute", **changes)

    assert post(provider, client, json.dumps(event).encode()).status_code == 503
    with pytest.raises(Unavailable):
        chargebacks.hear(complaint, at=LATER)

    assert not Chargeback.objects.exists()
    assert ledger.owed_by(hana.pk) == 0


@pytest.mark.parametrize(
    "event",
    [
        {"data": {"object": "text"}},
        {"data": {"object": ["list"]}},
        {"data": {"object": None}},
        {"data": {"object": {"object": "refund", "metadata": ["x"]}}},
        {"data": {"object": {"object": ["refund"], "metadata": {"enishi": "x"}}}},
        {"data": {"object": {"object": "refund", "metadata": {"enishi": "x" * 500}}}},
        {"id": "evt_" + "x" * 300, "data": {"object": {}}},
        {"id": "evt_\x00", "data": {"object": {}}},
        {"type": "a\x00b", "data": {"object": {}}},
    ],
)
def test_an_event_of_another_shape_is_refused_or_counted(provider, db, client, event):
    body = json.dumps({"id": "evt_1", "type": "x", "livemode": False} | event).encode()

    assert post(provider, client, body).status_code in (200, 400)
    assert not Payment.objects.exists()
