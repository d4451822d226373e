"""The sandbox answers as Stripe's API does, for the part of it that Enishi uses."""

import base64
import time

import pytest


def error(answer):
    body = answer.json()["error"]
    return answer.status_code, body["type"], body.get("code")


def test_the_key_is_asked_for_as_bearer_or_basic(api, box):
    basic = base64.b64encode(f"{box.key}:".encode()).decode()

    assert api.get("/v1/balance", headers={"authorization": f"Basic {basic}"}).status_code == 200
    for wrong in ("Bearer sk_test_other", "Basic !!", "", f"Bearer {box.key}x"):
        assert api.get("/v1/balance", headers={"authorization": wrong}).status_code == 401


def test_unknown_addresses_parameters_and_objects_are_refused(api):
    assert api.get("/v1/nothing").status_code == 404
    assert error(api.post("/v1/refunds", data={"colour": "red"})) == (
        *(400, "invalid_request_error"),
        "parameter_unknown",
    )
    assert error(api.get("/v1/payment_intents/pi_none"))[2] == "resource_missing"


@pytest.mark.parametrize(
    "amount", ["", "0", "49", "-1", "1.5", "１００", "1e3", "99999999999999999999", "100000000"]
)
def test_amounts_are_plain_digits_between_50_and_eight_digits(api, amount):
    assert api.intent(amount)["error"]["type"] == "invalid_request_error"


def test_only_yen_is_known(api):
    assert "error" in api.intent(500, currency="usd")


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1", "1.5", "9" * 400])
def test_pages_have_from_1_to_100_rows(api, limit):
    assert error(api.get(f"/v1/events?limit={limit}"))[0] == 400


def test_a_good_card_pays(api):
    before = api.get("/v1/balance").json()["available"][0]["amount"]

    intent = api.paid(700)

    assert (intent["status"], intent["amount_received"]) == ("succeeded", 700)
    assert api.get("/v1/balance").json()["available"][0]["amount"] == before + 700


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("pm_card_chargeDeclined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
    ],
)
def test_a_declined_card_answers_402_and_may_be_tried_again(api, method, code):
    intent = api.intent()
    path = f"/v1/payment_intents/{intent['id']}"

    declined = api.post(f"{path}/confirm", data={"payment_method": method})

    assert declined.status_code == 402
    assert declined.json()["error"]["decline_code"] == code
    kept = api.get(path).json()
    assert (kept["status"], kept["last_payment_error"]["decline_code"]) == (
        "requires_payment_method",
        code,
    )
    again = api.post(f"{path}/confirm", data={"payment_method": "pm_card_visa"})
    assert again.json()["status"] == "succeeded"


def test_a_finished_intent_is_neither_confirmed_nor_cancelled(api):
    path = f"/v1/payment_intents/{api.paid()['id']}"

    for verb in ("confirm", "cancel"):
        answer = api.post(f"{path}/{verb}", data={"payment_method": "pm_card_visa"})
        assert answer.status_code == 400


def test_a_cancelled_intent_takes_no_card(api):
    path = f"/v1/payment_intents/{api.intent()['id']}"

    assert api.post(f"{path}/cancel").json()["status"] == "canceled"
    answer = api.post(f"{path}/confirm", data={"payment_method": "pm_card_visa"})
    assert error(answer)[2] == "payment_intent_unexpected_state"


def test_refunds_never_exceed_what_was_paid(api):
    intent = api.paid(1_000)

    def refund(amount):
        return api.post("/v1/refunds", data={"payment_intent": intent["id"], "amount": amount})

    assert refund(400).json()["status"] == "succeeded"
    assert refund(601).status_code == 400
    assert refund(600).json()["amount"] == 600
    assert refund(1).json()["error"]["code"] == "charge_already_refunded"
    listed = api.get(f"/v1/refunds?payment_intent={intent['id']}").json()["data"]
    assert [one["amount"] for one in listed] == [600, 400]


def test_what_was_not_paid_is_not_refunded(api):
    intent = api.intent()

    assert api.post("/v1/refunds", data={"payment_intent": intent["id"]}).status_code == 400


def payee(api, number="0001234"):
    account = api.post("/v1/accounts", data={"type": "custom", "country": "JP"}).json()["id"]
    bank = {
        "external_account[object]": "bank_account",
        "external_account[country]": "JP",
        "external_account[currency]": "jpy",
        "external_account[account_holder_name]": "ナツメ コトハ",
        "external_account[account_number]": number,
        "external_account[routing_number]": "1100000",
    }
    return account, api.post(f"/v1/accounts/{account}/external_accounts", data=bank)


def transfer(api, account, amount):
    form = {"amount": amount, "currency": "jpy", "destination": account, "transfer_group": account}
    return api.post("/v1/transfers", data=form)


def pay_out(api, account, amount):
    return api.post(
        "/v1/payouts",
        data={"amount": amount, "currency": "jpy"},
        headers={"stripe-account": account},
    )


def held_by(api, account):
    answer = api.get("/v1/balance", headers={"stripe-account": account})
    return answer.json()["available"][0]["amount"]


def landed(api, payout, account):
    for _ in range(100):
        found = api.get(f"/v1/payouts/{payout['id']}", headers={"stripe-account": account}).json()
        if found["status"] != "pending":
            return found
        time.sleep(0.02)
    raise AssertionError("the payout stays on its way")


def test_a_payout_goes_by_transfer_to_the_payees_bank(api):
    api.paid(5_000)
    account, bank = payee(api)
    assert bank.json()["last4"] == "1234"
    assert transfer(api, account, 3_000).status_code == 200

    payout = pay_out(api, account, 3_000).json()

    assert payout["status"] == "pending"
    assert landed(api, payout, account)["status"] == "paid"
    assert held_by(api, account) == 0


def test_a_refusing_bank_sends_the_payout_back_and_the_transfer_can_be_reversed(api):
    api.paid(5_000)
    account, _ = payee(api, "1111116")
    moved = transfer(api, account, 3_000).json()

    failed = landed(api, pay_out(api, account, 3_000).json(), account)

    assert (failed["status"], failed["failure_code"]) == ("failed", "no_account")
    assert held_by(api, account) == 3_000
    assert api.post(f"/v1/transfers/{moved['id']}/reversals").status_code == 200
    assert held_by(api, account) == 0
    assert api.post(f"/v1/transfers/{moved['id']}/reversals").status_code == 400


def test_nobody_pays_out_more_than_there_is(api):
    account, _ = payee(api)

    assert error(pay_out(api, account, 1))[2] == "balance_insufficient"
    assert error(transfer(api, account, 99_999_999))[2] == "balance_insufficient"


def test_bank_numbers_have_their_shape(api):
    _, bank = payee(api, "12345")

    assert error(bank)[2] == "account_number_invalid"


def test_a_payout_is_shown_to_its_own_account_only(api):
    api.paid(5_000)
    account, _ = payee(api)
    transfer(api, account, 100)
    payout = pay_out(api, account, 100).json()

    assert api.get(f"/v1/payouts/{payout['id']}").status_code == 404


def test_events_tell_what_happened_newest_first(api):
    intent = api.paid()

    newest = api.get("/v1/events?limit=2").json()

    assert [one["type"] for one in newest["data"]] == [
        "payment_intent.succeeded",
        "payment_intent.created",
    ]
    assert newest["data"][0]["data"]["object"]["id"] == intent["id"]
    assert newest["has_more"]
    older = api.get(f"/v1/events?limit=1&starting_after={newest['data'][0]['id']}").json()
    assert older["data"] == newest["data"][1:]
