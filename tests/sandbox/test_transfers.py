"""Bank transfers of less, of more, too late, and their way back."""

import pytest

BANK = {"payment_method": "pm_jp_bank_transfer"}


def awaited(api, amount=9_979):
    """A session whose payer chose the bank, and its intent."""
    session = api.session(amount)
    api.post(f"/_control/sessions/{session['id']}/pay", data=BANK)
    return session, api.intent_of(session)


def arrives(api, intent, amount):
    path = f"/_control/payment_intents/{intent['id']}/transfer"
    return api.post(path, data={"amount": str(amount)}).json()


def lines(api, intent):
    path = f"/v1/customers/{intent['customer']}/cash_balance_transactions"
    rows = api.get(path).raise_for_status().json()["data"]
    return [(one["type"], one["net_amount"]) for one in reversed(rows)]


def status(api, session):
    return api.get(f"/v1/checkout/sessions/{session['id']}").json()["payment_status"]


def beside(api):
    return api.get("/_control/cash").json()["held"]


def test_a_part_leaves_the_intent_waiting_for_the_rest(api):
    session, intent = awaited(api)
    before = beside(api)

    intent = arrives(api, intent, 4_000)

    assert (intent["status"], intent["amount_received"]) == ("requires_action", 0)
    assert intent["next_action"]["display_bank_transfer_instructions"]["amount_remaining"] == 5_979
    assert lines(api, intent) == [("funded", 4_000), ("applied_to_payment", -4_000)]
    assert status(api, session) == "unpaid"
    assert beside(api) - before == 4_000
    names = [one["type"] for one in api.get("/v1/events?limit=3").json()["data"]]
    assert "payment_intent.partially_funded" in names


def test_the_rest_completes_it_and_the_money_is_in_our_balance(api):
    session, intent = awaited(api)
    before, held = beside(api), api.get("/v1/balance").json()["available"][0]["amount"]
    arrives(api, intent, 4_000)

    intent = arrives(api, intent, 5_979)

    assert (intent["status"], intent["amount_received"]) == ("succeeded", 9_979)
    assert (status(api, session), beside(api)) == ("paid", before)
    assert api.get("/v1/balance").json()["available"][0]["amount"] == held + 9_979


def test_what_is_too_much_stays_beside_our_balance_until_it_is_sent_back(api):
    _, intent = awaited(api)
    before = beside(api)
    arrives(api, intent, 10_000)
    assert beside(api) - before == 21
    form = {"customer": intent["customer"], "currency": "jpy", "origin": "customer_balance"}

    too_much = api.post("/v1/refunds", data=form | {"amount": "22"})
    sent = api.post("/v1/refunds", data=form | {"amount": "21"}).json()

    assert too_much.status_code == 400
    assert (sent["status"], sent["payment_intent"]) == ("pending", None)
    assert beside(api) == before
    api.post("/_control/hurry")
    assert api.get(f"/v1/refunds/{sent['id']}").json()["status"] == "succeeded"
    api.post(f"/_control/refunds/{sent['id']}/fail")
    assert lines(api, intent)[-2:] == [("return_initiated", -21), ("return_canceled", 21)]


def test_a_cancelled_intent_frees_what_had_come(api):
    _, intent = awaited(api)
    arrives(api, intent, 4_000)

    assert api.post(f"/v1/payment_intents/{intent['id']}/cancel").status_code == 200

    assert lines(api, intent)[-1] == ("unapplied_from_payment", 4_000)
    arrives(api, intent, 100)  # too late for it, but it came
    assert lines(api, intent)[-1] == ("funded", 100)


@pytest.mark.parametrize("when", ["now", "later"])
def test_the_page_takes_a_part_and_then_asks_for_the_rest(api, when):
    session, intent = awaited(api)
    page = f"/pay/{intent['id']}/transfer?lang=en"

    api.post(page, data={"when": when, "amount": "4000"})
    api.post("/_control/hurry")

    assert "¥5,979" in api.get(page).text
    assert "Still missing" in api.get(page).text
    api.post(page, data={"when": when})
    api.post("/_control/hurry")
    assert status(api, session) == "paid"


@pytest.mark.parametrize("typed", ["", "0", "-5", "4,000", "many", "100000000"])
def test_the_page_says_what_is_wrong_with_a_sum_and_keeps_it(api, typed):
    _, intent = awaited(api)

    answer = api.post(
        f"/pay/{intent['id']}/transfer?lang=en", data={"when": "now", "amount": typed}
    )

    assert answer.status_code == 422
    assert "from 1 to 99,999,999 yen" in answer.text
    assert f'value="{typed}"' in answer.text
    assert lines(api, intent) == []
