"""A4–A8 at the pages: sessions and their cookies, limits told truthfully, equal answers, sealed
seeds, and what is asked again before a delicate act."""

import json
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.urls import reverse

from enishi.accounts import commands, demo, sealing
from enishi.accounts.models import Account
from enishi.notifications.models import OutgoingMail
from enishi.web.accounts import checks
from enishi.web.accounts import demo as shown
from tests import make
from tests.web.pages import shown_anew, text
from tests.web.test_accounts import ANSWERS, LOGIN, NOON, PASSWORD, is_signed_in, joined, sign_in

pytestmark = pytest.mark.django_db
CODE_PAGE = "/account/2fa/authenticate/"
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


# --- A6: limits ---------------------------------------------------------------------------------


def test_a6_the_sixth_try_is_told_when_to_come_back_and_keeps_the_address(client):
    joined()
    for _ in range(5):
        assert sign_in(client, password="not-the-password").status_code == 200

    answer = sign_in(client)

    assert answer.status_code == 429
    assert 240 <= int(answer.headers["Retry-After"]) <= 300
    assert "5" in text(answer)
    assert 'value="ren@enishi.example"' in answer.content.decode()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a6_another_name_of_the_host_opens_no_new_tries(client, host):
    joined()
    for _ in range(5):
        sign_in(client, password="not-the-password")

    answer = Client(SERVER_NAME=host, REMOTE_ADDR="198.51.100.7").post(
        LOGIN, {"login": "REN@enishi.example ", "password": demo.PASSWORD}
    )

    assert answer.status_code == 429


def test_a6_guesses_on_the_inside_count_as_guesses_at_the_door(client):
    joined()
    sign_in(client)
    for number in range(5):
        if number % 2:
            client.post("/account/password/change/", NEW | {"oldpassword": "a guess"})
        else:
            client.post("/account/reauthenticate/", {"password": "a guess"})

    inside = [
        client.post("/account/password/change/", NEW),
        client.post("/account/reauthenticate/", {"password": demo.PASSWORD}),
    ]

    assert [answer.status_code for answer in inside] == [429, 429]
    assert [0 < int(answer.headers["Retry-After"]) <= 300 for answer in inside] == [True, True]
    assert sign_in(Client()).status_code == 429


def test_a6_ten_wrong_tries_a_minute_close_the_door_to_an_address_of_the_net(client):
    joined()
    for number in range(10):
        client.post(LOGIN, {"login": f"x{number}@enishi.example", "password": "x"})

    answer = sign_in(client)
    elsewhere = Client(REMOTE_ADDR="198.51.100.9")

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert sign_in(elsewhere).headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("proxies", "header", "counted"),
    [
        (0, "203.0.113.{n}", "one"),
        (1, "203.0.113.{n}, 198.51.100.1", "one"),
        (1, "203.0.113.1, 198.51.100.{n}", "many"),
        (2, "203.0.113.{n}, 198.51.100.1, 10.0.0.2", "one"),
    ],
)
def test_a6_the_address_is_the_one_our_own_proxy_saw(client, settings, proxies, header, counted):
    """What a visitor writes in front of it counts for nothing."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    joined()
    for number in range(11):
        answer = client.post(
            LOGIN,
            {"login": f"x{number}@enishi.example", "password": "x"},
            headers={"X-Forwarded-For": header.format(n=number + 2)},
        )

    assert answer.status_code == {"one": 429, "many": 200}[counted]


def test_a6_five_codes_then_wait(client):
    mio = joined("mio")
    sign_in(client, "mio")
    for wrong in range(5):
        client.post(CODE_PAGE, {"code": f"00000{wrong}"})

    answer = client.post(CODE_PAGE, {"code": shown.code_of(mio)})

    assert answer.status_code == 429
    assert 240 <= int(answer.headers["Retry-After"]) <= 300
    assert not is_signed_in(client)


def test_a6_a_used_code_buys_no_new_tries(client):
    """It is counted as a wrong one, although it was right once."""
    mio = joined("mio")
    sign_in(client, "mio")
    code = shown.code_of(mio)
    client.post(CODE_PAGE, {"code": code})
    thief = Client()
    sign_in(thief, "mio")

    answers = [thief.post(CODE_PAGE, {"code": code}).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_other_limits_have_a_page_of_ours(client):
    for number in range(21):
        answer = client.post("/account/signup/", ANSWERS | {"email": f"x{number}@people.example"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert answer.headers["Content-Security-Policy"]
    assert 'lang="' in answer.content.decode()


@pytest.mark.parametrize("lonely", checks.LONELY)
def test_a6_no_market_starts_with_a_cache_of_its_own(settings, lonely):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.x.{lonely}"}}

    with pytest.raises(ImproperlyConfigured, match="no cache for a market"):
        checks.throttles_are_shared()


def test_a6_the_check_is_made_at_every_start():
    code = (
        "import enishi.settings as s; s.CACHES['default']['BACKEND'] = "
        "'django.core.cache.backends.locmem.LocMemCache'; import django; django.setup()"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 1
    assert "no cache for a market" in done.stderr


# --- A7: seeds at rest --------------------------------------------------------------------------


def stored():
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        return [json.loads(row) for (row,) in cursor.fetchall()]


def test_seeds_lie_sealed_in_the_database(client):
    mio = joined("mio")
    RecoveryCodes.activate(mio)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()

    rows = json.dumps(stored())

    assert demo.person("mio").secret not in rows
    assert not [code for code in codes if code in rows]


def test_a_seed_sealed_with_a_former_key_is_read_and_sealed_anew(client, settings):
    mio = joined("mio")
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]
    sign_in(client, "mio")
    client.post(CODE_PAGE, {"code": shown.code_of(mio)})
    assert is_signed_in(client)

    commands.reseal()
    settings.SECRET_KEY_FALLBACKS = []

    secret = Authenticator.objects.get(user=mio, type="totp").data["secret"]
    assert sealing.unseal(secret) == demo.person("mio").secret


def test_a_seed_that_cannot_be_read_lets_nobody_in_and_breaks_no_page(client, settings):
    mio = joined("mio")
    settings.SECRET_KEY = "n" * 50
    sign_in(client, "mio")

    answer = client.post(CODE_PAGE, {"code": shown.code_of(mio)})

    assert answer.status_code == 200
    assert not is_signed_in(client)


def test_a_seed_that_was_altered_is_unreadable():
    sealed = sealing.seal("a seed")

    for changed in (sealed[:-6] + "AAAAAA", "a seed", ""):
        with pytest.raises(sealing.Unreadable):
            sealing.unseal(changed)


# --- A8: asked again before a delicate act ------------------------------------------------------

DELICATE = [
    ("account_email", "POST"),
    ("mfa_activate_totp", "GET"),
    ("mfa_activate_totp", "POST"),
    ("mfa_add_webauthn", "GET"),
    ("mfa_add_webauthn", "POST"),
    ("closing", "GET"),
    ("closing", "POST"),
    ("bank_account", "POST"),
]
OF_THE_SECOND_FACTOR = [
    ("mfa_deactivate_totp", "POST"),
    ("mfa_view_recovery_codes", "GET"),
    ("mfa_generate_recovery_codes", "POST"),
    ("mfa_download_recovery_codes", "GET"),
]


@pytest.mark.parametrize(("name", "method"), DELICATE)
@pytest.mark.parametrize("ago", [None, 601])
def test_a8_a_delicate_act_asks_who_one_is(client, name, method, ago):
    """Once more, and not longer than ten minutes ago."""
    account = joined()
    sign_in(client)
    if ago:
        shown_anew(client, account, ago=ago)

    act = {"email": "new@people.example", "action_add": ""} if method == "POST" else None
    answer = getattr(client, method.lower())(reverse(name), act)

    assert answer.headers["Location"].startswith("/account/reauthenticate/?next=")


@pytest.mark.parametrize(("name", "method"), [row for row in DELICATE if row[1] == "GET"])
def test_a8_ten_minutes_are_enough_for_it(client, name, method):
    account = joined()
    sign_in(client)
    shown_anew(client, account, ago=590)

    assert client.generic(method, reverse(name)).status_code == 200


@pytest.mark.parametrize(("name", "method"), OF_THE_SECOND_FACTOR)
def test_a8_so_does_everything_about_the_second_factor(client, name, method):
    mio = joined("mio")
    RecoveryCodes.activate(mio)
    sign_in(client, "mio")
    client.post(CODE_PAGE, {"code": shown.code_of(mio)})

    answer = client.generic(method, reverse(name))

    assert answer.headers["Location"].startswith("/account/reauthenticate/?next=")
    assert Authenticator.objects.filter(user=mio, type="totp").exists()


def test_a8_the_bank_account_is_read_by_who_is_signed_in_and_changed_by_who_shows_it(client):
    joined()
    sign_in(client)
    typed = {"bank": "0001", "branch": "001", "number": "7654321", "holder": "ミズノ レン"}
    address = reverse("bank_account")

    page = client.get(address).content.decode()
    refused = client.post(address, typed)

    assert 'name="number"' not in page
    assert refused.headers["Location"].startswith("/account/reauthenticate/?next=")
    assert "7654321" not in str(dict(client.session.items()))  # a number is kept nowhere
    client.post("/account/reauthenticate/", {"password": demo.PASSWORD})
    assert 'name="number"' in client.get(address).content.decode()


def test_a8_a_changed_bank_account_says_from_when_it_is_used(client):
    from enishi.kit import clock
    from enishi.payments.models import BankAccount

    account = joined()
    sign_in(client)
    BankAccount.objects.create(
        account=account,
        bank_code="0001",
        branch_code="001",
        bank_name="えにし試験銀行",
        holder="ミズノ レン",
        last4="4321",
        payee="acct_1",
        token="ba_1",
        added_at=clock.now(),
        pays_from=clock.now() + timedelta(hours=72),
    )

    assert "72" in text(client.get(reverse("bank_account")))


def test_dismissing_takes_the_grade_and_is_recorded(client):
    ren = joined()
    commands.appoint(ren.email, "operator", at=NOON)

    commands.dismiss(ren.email, at=NOON)

    assert Account.objects.get().office_grade == ""
    with pytest.raises(Account.DoesNotExist):
        commands.dismiss(ren.email, at=NOON)
