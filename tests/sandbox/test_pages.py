"""A person pays on the sandbox's own pages: without scripts, in two languages."""

import re
import time

import pytest

from sandbox import cards

BACK = "http://localhost:1/back/"


def path_of(session):
    return "/pay/" + session["id"]


def by_card(api, session, number):
    return api.post(f"{path_of(session)}/card", data={"number": number})


def settled(api, session):
    for _ in range(100):
        found = api.get(f"/v1/checkout/sessions/{session['id']}").json()
        if found["payment_status"] == "paid":
            break
        time.sleep(0.02)
    return found


def test_the_page_says_how_much_for_what_in_japanese(api):
    page = api.get(path_of(api.session()))

    assert page.headers["content-language"] == "ja"
    assert "道の駅の記事 / 第1回" in page.text
    assert "9,979円を支払う" in page.text
    assert "実際のお金は動きません" in page.text


def test_the_page_speaks_english_when_asked(api):
    session = api.session()

    assert "Pay ¥9,979" in api.get(f"{path_of(session)}?lang=en").text
    assert "Pay ¥9,979" in api.get(path_of(api.session(locale="en"))).text
    answer = api.get(path_of(session), headers={"accept-language": "en-US"})
    assert "Pay ¥9,979" in answer.text


def test_the_page_holds_no_script_and_every_field_has_its_label(api):
    text = api.get(path_of(api.session())).text

    assert "<script" not in text
    assert "style=" not in text
    fields = re.findall(r'<input id="(\w+)"', text)
    assert fields == re.findall(r'<label for="(\w+)"', text)
    assert 'name="viewport"' in text


def test_what_a_client_wrote_is_shown_as_text(api):
    title = "<script>alert(1)</script>"
    session = api.session(**{"line_items[0][price_data][product_data][name]": title})

    assert title not in api.get(path_of(session)).text


def test_the_browser_may_go_back_to_the_market_and_nowhere_else(api):
    policy = api.get(path_of(api.session())).headers["content-security-policy"]

    assert "form-action 'self' http://localhost:1;" in f"{policy};"
    assert "default-src 'none'" in policy


def test_a_good_card_leads_back(api):
    session = api.session()

    answer = by_card(api, session, cards.GOOD)

    assert (answer.status_code, answer.headers["location"]) == (303, BACK)
    assert settled(api, session)["status"] == "complete"


def test_a_declined_card_says_so_and_the_next_one_pays(api):
    session = api.session()

    assert by_card(api, session, cards.POOR).headers["location"] == path_of(session)
    page = api.get(path_of(session)).text
    assert "カードの利用可能額が足りませんでした。" in page
    assert 'role="alert"' in page
    assert by_card(api, session, cards.GOOD).headers["location"] == BACK
    assert api.intent_of(session)["last_payment_error"] is None


def test_a_button_pays_with_its_test_number(api):
    session = api.session()

    answer = api.post(f"{path_of(session)}/card", data={"test": cards.GOOD})

    assert answer.headers["location"] == BACK


@pytest.mark.parametrize("number", ["", "4111 1111 1111 1111", "x", "４２４２"])
def test_other_numbers_are_not_tried(api, number):
    session = api.session()

    answer = by_card(api, session, number)

    assert answer.status_code == 422
    assert "テスト用の番号だけが使えます" in answer.text
    assert api.intent_of(session) is None


@pytest.mark.parametrize(("result", "paid"), [("yes", True), ("no", False)])
def test_three_d_secure_asks_first(api, result, paid):
    session = api.session()
    secure = by_card(api, session, cards.SECURE).headers["location"]
    assert secure.endswith("/secure")
    assert "本人認証" in api.get(secure).text

    answer = api.post(secure, data={"result": result})

    assert answer.headers["location"] == (BACK if paid else path_of(session))
    assert api.intent_of(session)["status"] == ("succeeded" if paid else "requires_payment_method")
    assert ("本人認証が完了しませんでした" in api.get(path_of(session)).text) is not paid
    assert api.post(secure, data={"result": "yes"}).status_code == 404


def test_a_slow_card_is_accepted_now_and_paid_later(api):
    session = api.session()

    assert by_card(api, session, cards.SLOW).headers["location"] == BACK
    assert settled(api, session)["payment_status"] == "paid"


@pytest.mark.parametrize("when", ["now", "later"])
def test_a_bank_transfer_shows_the_account_and_arrives(api, when):
    session = api.session()
    there = api.post(f"{path_of(session)}/bank").headers["location"]
    page = api.get(there).text
    assert "エニシ(カ" in page
    assert "9,979円" in page
    assert api.get(path_of(session)).headers["location"] == there
    assert api.intent_of(session)["next_action"]["type"] == "display_bank_transfer_instructions"

    api.post(there, data={"when": when})

    assert settled(api, session)["payment_status"] == "paid"


def test_a_closed_page_says_so(api):
    session = api.session()
    api.post(f"/v1/checkout/sessions/{session['id']}/expire")

    answer = api.get(path_of(session))

    assert answer.status_code == 404
    assert "閉じられました" in answer.text
    assert by_card(api, session, cards.GOOD).headers["location"] == path_of(session)
    assert api.get("/pay/nothing").status_code == 404


def test_a_paid_page_is_not_paid_twice(api):
    session = api.session()
    by_card(api, session, cards.GOOD)

    by_card(api, session, cards.GOOD)

    assert "お支払いを受け付けました" in api.get(path_of(session)).text
    charges = [
        one
        for one in api.get("/v1/events?limit=10&type=payment_intent.succeeded").json()["data"]
        if one["data"]["object"]["id"] == api.intent_of(session)["id"]
    ]
    assert len(charges) == 1
