"""Webhooks: signed over their bytes, sent until taken, also twice and in the wrong order."""

import json

import pytest
import stripe

import sandbox

from .conftest import Api


@pytest.fixture
def api(tmp_path, listener):
    with sandbox.running(data=tmp_path, webhook_url=listener.url) as box, Api(box) as client:
        yield client


def steer(api, **form):
    assert api.post("/_control/webhooks", data=form).status_code == 200


def test_stripes_own_library_accepts_the_signature(api, listener):
    intent = api.paid()

    heard = listener.wait_for(2)

    for body, signature in heard:
        stripe.WebhookSignature.verify_header(
            body.decode(), signature, api.box.webhook_secret, tolerance=300
        )
    assert sorted(listener.names()) == ["payment_intent.created", "payment_intent.succeeded"]
    assert {json.loads(body)["data"]["object"]["id"] for body, _ in heard} == {intent["id"]}


def test_an_event_is_sent_again_until_it_is_taken(api, listener):
    listener.statuses = [500, 500]
    api.intent()

    heard = listener.wait_for(3)

    assert len({body for body, _ in heard}) == 1
    statuses = [one["status"] for one in api.get("/_control/deliveries").json()["data"]]
    assert statuses in (["sent"], ["due"])


def test_events_may_come_twice(api, listener):
    steer(api, copies="2")
    api.intent()

    heard = listener.wait_for(2)

    assert heard[0][0] == heard[1][0]


def test_events_may_wait_and_come_in_the_wrong_order(api, listener):
    steer(api, paused="true")
    api.paid()
    steer(api, paused="false", reversed="true")

    listener.wait_for(2)

    assert listener.names() == ["payment_intent.succeeded", "payment_intent.created"]


def test_a_simulated_past_tells_nobody(api, listener):
    steer(api, url="")
    api.intent()
    steer(api, url=listener.url)
    intent = api.intent(600)

    heard = listener.wait_for(1)

    assert [json.loads(body)["data"]["object"]["id"] for body, _ in heard] == [intent["id"]]


def test_an_event_may_come_before_the_answer(api, listener):
    api.post("/_control/shapes", data={"name": "event_first", "path": "/v1/payment_intents"})

    api.intent()

    assert listener.names() == ["payment_intent.created"]
