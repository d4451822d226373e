"""The same key gives the same answer, whatever happened in between (promises.md 1, Stripe)."""

import threading
import time

import httpx
import pytest

FORM = {"amount": "500", "currency": "jpy"}


def create(api, key, form=FORM, **more):
    headers = {"idempotency-key": key}
    return api.post("/v1/payment_intents", data=form, headers=headers, **more)


def shape(api, name, **more):
    form = {"name": name, "path": "/v1/payment_intents"} | more
    assert api.post("/_control/shapes", data=form).status_code == 200


@pytest.fixture
def count(api):
    before = len(api.get("/v1/payment_intents?limit=100").json()["data"])
    return lambda: len(api.get("/v1/payment_intents?limit=100").json()["data"]) - before


def test_a_repeated_call_has_one_effect_and_the_same_answer(api, count):
    first, again = create(api, "same"), create(api, "same")

    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    assert count() == 1


def test_other_parameters_under_the_same_key_are_refused(api, count):
    create(api, "other")

    answer = create(api, "other", FORM | {"amount": "501"})

    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "idempotency_error")
    assert count() == 1


def test_a_key_whose_call_is_still_running_answers_409(api, count):
    shape(api, "time_out_before", seconds=1)
    slow = threading.Thread(target=create, args=(api, "running"))
    slow.start()
    time.sleep(0.3)

    answer = create(api, "running")

    slow.join()
    assert answer.status_code == 409
    assert create(api, "running").status_code == 200
    assert count() == 1


def test_a_call_refused_for_its_shape_leaves_its_key_free(api, count):
    assert create(api, "shape", FORM | {"amount": "x"}).status_code == 400
    assert create(api, "shape").status_code == 200
    assert count() == 1


def test_a_time_out_after_the_effect_shows_the_effect_to_the_next_call(api, count):
    shape(api, "time_out_after", seconds=1)
    with pytest.raises(httpx.ReadTimeout):
        create(api, "late", timeout=0.2)

    assert create(api, "late").status_code == 200
    assert count() == 1


@pytest.mark.parametrize(("name", "effects"), [("error_before", 0), ("error_after", 1)])
def test_a_500_is_repeated_under_its_key_and_says_nothing_of_the_effect(api, count, name, effects):
    shape(api, name)

    assert [create(api, name).status_code for _ in range(2)] == [500, 500]
    assert count() == effects
    assert create(api, f"{name}-new-key").status_code == 200


def test_429_is_a_wait_not_an_answer(api, count):
    shape(api, "rate_limit", times=2)

    assert [create(api, "busy").status_code for _ in range(3)] == [429, 429, 200]
    assert count() == 1


def test_nonsense_comes_back_when_asked_for(api, count):
    shape(api, "nonsense")

    assert create(api, "nonsense").text == "<html>"
    assert count() == 1


def test_a_declined_card_is_declined_again_under_its_key(api):
    intent = create(api, "intent").json()
    path = f"/v1/payment_intents/{intent['id']}/confirm"
    headers = {"idempotency-key": "decline"}
    form = {"payment_method": "pm_card_chargeDeclined"}

    first, again = (api.post(path, data=form, headers=headers) for _ in range(2))

    assert first.status_code == again.status_code == 402
    assert first.content == again.content
