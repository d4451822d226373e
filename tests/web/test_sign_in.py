"""A4, A5 at the pages: sessions and their cookies, and equal answers to whoever asks."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from enishi.accounts import commands, demo
from enishi.notifications.models import OutgoingMail
from tests import make
from tests.web.pages import shown_anew
from tests.web.test_accounts import ANSWERS, NOON, PASSWORD, is_signed_in, joined, sign_in

pytestmark = pytest.mark.django_db
NEW = {"oldpassword": demo.PASSWORD, "password1": PASSWORD, "password2": PASSWORD}


def twin(client):
    """The same browser, in a request that has begun and was not answered yet."""
    other = Client()
    other.cookies["sessionid"] = client.cookies["sessionid"].value
    return other


# --- A4: sessions and their cookies -------------------------------------------------------------


def test_a4_a_look_in_the_background_takes_no_new_cookie_away(client):
    """Begun with the old key, answered after the new password: the browser keeps what it has."""
    joined()
    sign_in(client)
    background = twin(client)
    client.post("/account/password/change/", NEW)

    answer = background.get(reverse("notice_counts"))

    assert "sessionid" not in answer.cookies
    assert is_signed_in(client)


def test_a4_nor_does_one_that_came_between_the_password_and_the_new_key(client):
    account = joined()
    sign_in(client)
    account.set_password(PASSWORD)
    account.save()

    answer = client.get(reverse("notice_counts"))

    assert "sessionid" not in answer.cookies
    assert not is_signed_in(client)


def test_signing_out_takes_the_cookie_away(client):
    joined()
    sign_in(client)

    answer = client.post("/account/logout/")

    assert answer.cookies["sessionid"].value == ""
    assert not is_signed_in(twin(client))


@pytest.mark.parametrize("ended", ["suspended", "closed", "dismissed", "appointed"])
def test_a4_every_session_ends_at_once(client, ended):
    account = joined("hana")
    if ended == "dismissed":
        commands.appoint(account.email, "reader", at=NOON)
    browsers = [client, Client()]
    for browser in browsers:
        sign_in(browser, "hana")
        assert is_signed_in(browser)

    match ended:
        case "suspended":
            commands.suspend(account.pk, by=None, at=NOON, reason="確認中")
        case "closed":
            commands.close(by=account, at=NOON, still_open=lambda _: [])
        case "dismissed":
            commands.dismiss(account.email, at=NOON)
        case "appointed":
            commands.appoint(account.email, "reader", at=NOON)

    assert [is_signed_in(browser) for browser in browsers] == [False, False]


def test_a4_a_password_chosen_by_mail_ends_every_session(client):
    joined()
    sign_in(client)
    other = Client()
    other.post("/account/password/reset/", {"email": "ren@enishi.example"})
    mail = OutgoingMail.objects.filter(to="ren@enishi.example").latest("pk")
    link = re.search(r"/account/password/reset/key/\S+", mail.text)[0]
    page = other.get(link, follow=True)

    other.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})

    assert not is_signed_in(client)


def test_a4_the_session_gets_a_new_key_when_one_shows_who_one_is(client):
    joined()
    sign_in(client)
    before = client.session.session_key

    client.post("/account/reauthenticate/", {"password": demo.PASSWORD})

    assert client.session.session_key != before
    assert is_signed_in(client)


# --- A5: the same answer ------------------------------------------------------------------------

FORMS = {
    "/account/login/": lambda mail: {"login": mail, "password": "not the password"},
    "/account/signup/": lambda mail: ANSWERS | {"email": mail},
    "/account/password/reset/": lambda mail: {"email": mail},
}


def plain(answer):
    """The page without what is drawn by lot: tokens and nonces."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", answer.content.decode())


def answer_of(path, mail):
    """What a visitor sees, and the page after it."""
    browser = Client()
    answer = browser.post(path, FORMS[path](mail))
    after = browser.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    page = plain(after)
    cookies = sorted(name for name in answer.cookies if name != "csrftoken")
    return answer.status_code, answer.headers.get("Location"), cookies, page.replace(mail, "MAIL")


@pytest.mark.parametrize("path", sorted(FORMS))
@pytest.mark.parametrize("known", ["stands", "unconfirmed", "suspended"])
def test_a5_known_and_unknown_addresses_get_the_same_answer(path, known):
    account = make.account("Known")
    commands.trust_email(account.pk)
    if known == "unconfirmed":
        EmailAddress.objects.filter(user=account).update(verified=False)
    if known == "suspended":
        commands.suspend(account.pk, by=None, at=NOON, reason="確認中")

    assert answer_of(path, account.email) == answer_of(path, "nobody@enishi.example")


def test_a5_the_difference_is_told_by_mail_alone():
    joined()

    answer_of("/account/password/reset/", "ren@enishi.example")
    answer_of("/account/password/reset/", "nobody@enishi.example")

    known, unknown = OutgoingMail.objects.order_by("pk")
    assert (known.to, unknown.to) == ("ren@enishi.example", "nobody@enishi.example")
    assert known.subject != unknown.subject


def test_a5_changing_to_an_address_tells_nothing_about_it(client):
    account = joined()
    joined("hana")
    sign_in(client)
    shown_anew(client, account)

    said = []
    for mail in ("hana@enishi.example", "nobody@enishi.example"):
        answer = client.post("/account/email/", {"email": mail, "action_add": ""}, follow=True)
        page = plain(answer)
        said.append((answer.status_code, answer.redirect_chain, page.replace(mail, "MAIL")))

    assert said[0] == said[1]
