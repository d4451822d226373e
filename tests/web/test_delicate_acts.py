"""A7, A8 at the pages: seeds sealed at rest, and what is asked again before a delicate act."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.urls import reverse

from enishi.accounts import commands, demo, sealing
from enishi.accounts.models import Account
from enishi.web.accounts import demo as shown
from tests.web.pages import shown_anew, text
from tests.web.test_accounts import NOON, is_signed_in, joined, sign_in

pytestmark = pytest.mark.django_db
CODE_PAGE = "/account/2fa/authenticate/"


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
