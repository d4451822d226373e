"""A4–A7, PE1, PE4, PE6, PE7: signing up, in and out, the second factor, one's own settings."""

import html
import re
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.urls import NoReverseMatch, reverse

from enishi.accounts import commands, demo
from enishi.accounts.models import Account
from enishi.notifications.models import OutgoingMail
from enishi.web.accounts import demo as shown

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
PASSWORD = "tsukikage-no-michi"
LOGIN = "/account/login/"
ANSWERS = {
    "role": "worker",
    "name": "夏目 ことは",
    "email": "kotoha@enishi.example",
    "password1": PASSWORD,
    "statement": "age",
    "consent": "on",
}


def joined(key="ren"):
    return demo.join(demo.person(key), at=NOON, version="2026-11-22")


def sign_in(client, key="ren", password=demo.PASSWORD):
    answer = {"login": demo.person(key).email, "password": password}
    return client.post(LOGIN, answer)


def is_signed_in(client):
    return client.get("/settings/").status_code == 200


def text(response):
    """What a page says, as a reader gets it."""
    return html.unescape(response.content.decode())


def last_mail(to):
    return OutgoingMail.objects.filter(to=to).order_by("-pk").first()


def test_pe7_signing_up_asks_for_a_confirmed_address_then_lets_in(client):
    response = client.post("/account/signup/", ANSWERS)

    assert response.headers["Location"] == reverse("account_email_verification_sent")
    account = Account.objects.get(email="kotoha@enishi.example")
    assert (account.name, account.role, account.language) == ("夏目 ことは", "worker", "ja")
    assert set(account.consents.values_list("text", flat=True)) == {"terms", "privacy", "age"}
    assert not is_signed_in(client)
    link = re.search(r"/account/confirm-email/\S+", last_mail("kotoha@enishi.example").text)[0]
    client.post(link)
    assert is_signed_in(client)


def test_the_mail_of_sign_up_speaks_the_language_of_the_page(client):
    client.cookies["language"] = "en"
    client.post("/account/signup/", ANSWERS)

    mail = last_mail("kotoha@enishi.example")
    assert mail.subject == "Confirm your e-mail address"
    assert "Welcome to Enishi, 夏目 ことは." in mail.text


@pytest.mark.parametrize("left_out", ["role", "name", "password1", "statement", "consent"])
def test_pe7_nothing_of_the_sign_up_can_be_left_out(client, left_out):
    answers = {name: value for name, value in ANSWERS.items() if name != left_out}

    response = client.post("/account/signup/", answers)

    assert left_out in response.context_data["form"].errors
    assert not Account.objects.filter(email="kotoha@enishi.example").exists()


def test_a3_signing_up_sets_no_grade(client):
    client.post("/account/signup/", ANSWERS | {"office_grade": "treasurer", "is_superuser": "on"})

    account = Account.objects.get(email="kotoha@enishi.example")
    assert (account.office_grade, account.is_superuser) == ("", False)


def test_a5_signing_up_with_a_known_address_answers_the_same(client):
    joined("hana")

    response = client.post("/account/signup/", ANSWERS | {"email": "hana@enishi.example"})

    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert Account.objects.count() == 1
    assert last_mail("hana@enishi.example").subject


def test_a_wrong_password_and_an_unknown_address_say_the_same(client):
    joined()

    wrong = sign_in(client, password="not-the-password").context_data["form"].non_field_errors()
    unknown = client.post(LOGIN, {"login": "x@enishi.example", "password": "x"})

    assert wrong == unknown.context_data["form"].non_field_errors()


def test_a6_five_wrong_passwords_close_the_door_even_for_the_right_one(client):
    joined()
    for _ in range(5):
        sign_in(client, password="not-the-password")

    sign_in(client)

    assert not is_signed_in(client)


def test_a6_a_forged_address_of_the_sender_opens_no_new_tries(client):
    joined()
    for number in range(12):
        answer = {"login": f"x{number}@enishi.example", "password": "x"}
        client.post(LOGIN, answer, headers={"X-Forwarded-For": f"198.51.100.{number}"})

    sign_in(client)

    assert not is_signed_in(client)


def test_a4_the_session_gets_a_new_key_at_sign_in_and_with_the_role(client):
    joined()
    client.get(LOGIN)
    client.session.save()
    keys = [client.session.session_key]
    sign_in(client)
    keys.append(client.session.session_key)
    client.post("/role/", {"role": "client"})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3
    assert Account.objects.get().role == "client"


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/jobs/7/proposals/new/", "/jobs/7/proposals/new/"),
        ("https://elsewhere.example/", "/desk/"),
        ("//elsewhere.example/", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_changing_sides_leads_back_to_the_page_that_asked_for_it(client, wanted, reached):
    """PE1: but never to another site."""
    joined()
    sign_in(client)

    answer = client.post("/role/", {"role": "client", "next": wanted})

    assert (answer.status_code, answer["Location"]) == (302, reached)


def test_pe4_a_suspension_ends_the_session_and_the_sign_in_page_says_why(client):
    account = joined()
    sign_in(client)
    commands.suspend(account.pk, by=None, at=NOON, reason="提出物の確認中です")

    assert not is_signed_in(client)
    assert "提出物の確認中です" in client.get(LOGIN).context_data["ended"]
    refused = sign_in(client)
    assert refused.headers["Location"] == LOGIN
    assert "提出物の確認中です" in text(client.get(LOGIN))


def test_pe4_a_session_ended_by_a_suspension_stays_ended(client):
    account = joined()
    sign_in(client)
    commands.suspend(account.pk, by=None, at=NOON, reason="確認中")
    commands.restore(account.pk, by=None, at=NOON, reason="確認済み")

    assert not is_signed_in(client)


def test_pe4_the_reason_is_told_only_to_who_knows_the_password(client):
    account = joined()
    commands.suspend(account.pk, by=None, at=NOON, reason="内密の理由")

    assert "内密の理由" not in text(sign_in(client, password="a-guess"))


def test_a4_a_new_password_ends_the_other_sessions(client, django_user_model):
    from django.test import Client

    joined()
    other = Client()
    sign_in(client)
    sign_in(other)
    new = {"oldpassword": demo.PASSWORD, "password1": PASSWORD, "password2": PASSWORD}

    client.post("/account/password/change/", new)

    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert last_mail("ren@enishi.example").subject


def test_a_forgotten_password_is_chosen_anew_by_mail(client):
    joined()
    client.post("/account/password/reset/", {"email": "ren@enishi.example"})
    link = re.search(r"/account/password/reset/key/\S+", last_mail("ren@enishi.example").text)[0]

    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    sign_in(client, password=PASSWORD)
    assert is_signed_in(client)


def test_a_new_address_counts_once_it_is_confirmed(client):
    account = joined()
    sign_in(client)
    client.post("/account/reauthenticate/", {"password": demo.PASSWORD})

    client.post("/account/email/", {"email": "new@enishi.example", "action_add": ""})
    account.refresh_from_db()
    assert account.email == "ren@enishi.example"
    link = re.search(r"/account/confirm-email/\S+", last_mail("new@enishi.example").text)[0]
    client.post(link)

    account.refresh_from_db()
    assert account.email == "new@enishi.example"
    assert [str(row) for row in EmailAddress.objects.filter(user=account)] == ["new@enishi.example"]
    assert "new@enishi.example" in last_mail("ren@enishi.example").text


def test_a8_the_address_changes_only_after_the_password_was_given_again(client):
    joined()
    sign_in(client)

    response = client.post("/account/email/", {"email": "new@enishi.example", "action_add": ""})

    assert response.headers["Location"].startswith("/account/reauthenticate/")


def test_only_these_pages_of_the_library_exist(client):
    for address in ("inactive", "password/set", "3rdparty", "2fa/webauthn", "login/code"):
        assert client.get(f"/account/{address}/").status_code == 404
    for name in ("account_inactive", "account_set_password", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_sessions_are_listed_and_the_others_can_be_ended(client):
    from django.test import Client

    joined()
    other = Client()
    sign_in(client)
    sign_in(other)
    is_signed_in(other)

    assert client.get("/account/sessions/").status_code == 200
    client.post("/account/sessions/")

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_settings_save_the_name_and_keep_what_was_typed_when_it_is_refused(client):
    account = joined()
    sign_in(client)

    client.post("/settings/name/", {"name": "水野　蓮"})
    account.refresh_from_db()
    assert account.name == "水野 蓮"
    refused = client.post("/settings/name/", {"name": "\u202e蓮"})
    assert refused.status_code == 422
    assert "aria-invalid" in text(refused)


def test_the_language_is_remembered_with_the_account_and_in_the_browser(client):
    account = joined()
    sign_in(client)

    response = client.post("/language/", {"language": "en", "next": "/settings/"})

    account.refresh_from_db()
    assert (account.language, response.cookies["language"].value) == ("en", "en")
    assert response.headers["Location"] == "/settings/"
    assert "Settings" in text(client.get("/settings/"))


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_i5_the_language_switch_leads_nowhere_else(client, away):
    response = client.post("/language/", {"language": "en", "next": away})

    assert response.headers["Location"] == "/"


def test_pe6_leaving_asks_for_the_password_and_then_ends_everything(client):
    account = joined()
    sign_in(client)
    asked = client.get("/settings/closing/")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": demo.PASSWORD})

    assert client.get("/settings/closing/").status_code == 200
    client.post("/settings/closing/")

    account.refresh_from_db()
    assert account.closed_at is not None
    assert not is_signed_in(client)


def test_pe6_an_open_deal_keeps_the_account_open_and_is_named(client):
    from tests.reviews import hires

    account = joined()
    hires.contract(hires.account("client"), account, "active")
    sign_in(client)
    client.post("/account/reauthenticate/", {"password": demo.PASSWORD})

    assert "道の駅の取材記事" in text(client.get("/settings/closing/"))
    client.post("/settings/closing/")

    account.refresh_from_db()
    assert account.closed_at is None


def test_the_demo_offers_its_people_at_the_door(client):
    joined("hana")
    joined("mio")

    people = client.get(LOGIN).context_data["demo_people"]

    assert [person.email for person in people] == ["hana@enishi.example", "mio@enishi.example"]
    assert (people[0].code, len(people[1].code)) == ("", 6)


def test_a_live_market_offers_nobody(client, settings):
    joined("hana")
    settings.LIVE = True

    assert client.get(LOGIN).context_data["demo_people"] == ()
    assert shown.code_of(Account.objects.get()) == ""


PAGES = {
    "settings",
    "closing",
    "account_email",
    "account_change_password",
    "usersessions_list",
    "mfa_index",
    "mfa_activate_totp",
}
ENTRANCES = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_of_the_account_opens_in_both_languages(client, name, language):
    commands.speak(by=joined(), language=language)
    sign_in(client)
    client.post("/account/reauthenticate/", {"password": demo.PASSWORD})

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert f'lang="{language}"' in text(page)


@pytest.mark.parametrize("name", sorted(ENTRANCES))
def test_every_page_at_the_door_opens(client, name):
    assert client.get(reverse(name), follow=True).status_code == 200


def test_a_link_that_is_too_old_is_told(client):
    assert client.get("/account/confirm-email/nonsense/").status_code == 200
    assert client.get("/account/password/reset/key/1-nonsense/").status_code == 200


def test_a5_a_known_address_leaves_no_trace_of_the_rehearsal(client):
    joined("hana")

    client.post("/account/signup/", ANSWERS | {"email": "hana@enishi.example"})

    assert Account.objects.count() == 1
    assert EmailAddress.objects.count() == 1
