"""A7, PE2: the office's door, and codes that are good once."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.urls import reverse

from enishi.accounts import commands, demo
from enishi.web.accounts import demo as shown

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
CODE_PAGE = "/account/2fa/authenticate/"


def joined(key):
    return demo.join(demo.person(key), at=NOON, version="2026-11-22")


def password(client, key):
    return client.post(
        "/account/login/", {"login": demo.person(key).email, "password": demo.PASSWORD}
    )


def is_signed_in(client):
    return client.get("/settings/").status_code == 200


def test_pe2_the_office_signs_in_with_password_and_code(client):
    mio = joined("mio")

    assert password(client, "mio").headers["Location"] == CODE_PAGE
    assert not is_signed_in(client)
    client.post(CODE_PAGE, {"code": shown.code_of(mio)})

    assert is_signed_in(client)
    assert client.get("/office/").status_code == 200


def test_pe2_without_an_authenticator_the_office_is_shut(client):
    ren = joined("ren")
    commands.appoint(ren.email, "reader", at=NOON)
    password(client, "ren")

    response = client.get("/office/")

    assert response.headers["Location"] == reverse("mfa_index")


def test_pe2_a_session_from_before_the_second_factor_is_asked_for_a_code(client):
    ren = joined("ren")
    commands.appoint(ren.email, "reader", at=NOON)
    password(client, "ren")
    commands.give_second_factor(ren.pk, secret=demo.person("mio").secret)

    response = client.get("/office/?page=2")

    assert response.headers["Location"] == (
        reverse("mfa_reauthenticate") + "?next=%2Foffice%2F%3Fpage%3D2"
    )


def test_others_do_not_learn_that_there_is_an_office(client):
    joined("ren")
    password(client, "ren")

    assert client.get("/office/").status_code == 404


def test_switching_the_second_factor_on_opens_the_office(client):
    ren = joined("ren")
    commands.appoint(ren.email, "operator", at=NOON)
    password(client, "ren")
    client.post("/account/reauthenticate/", {"password": demo.PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    key = client.session.session_key

    client.post("/account/2fa/totp/activate/", {"code": _code(page.context_data["form"].secret)})

    assert Authenticator.objects.filter(user=ren, type="totp").exists()
    assert client.get("/office/").status_code == 200
    assert client.session.session_key != key


def test_pe2_the_office_cannot_switch_its_second_factor_off(client):
    mio = joined("mio")
    password(client, "mio")
    client.post(CODE_PAGE, {"code": shown.code_of(mio)})
    client.post("/account/reauthenticate/", {"password": demo.PASSWORD})

    client.post("/account/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(user=mio, type="totp").exists()


@pytest.mark.parametrize("again", ["{}", " {} ", "{}-", "wide"])
def test_a7_a_code_is_good_once_however_it_is_written(client, again):
    from django.test import Client

    mio = joined("mio")
    code = shown.code_of(mio)
    password(client, "mio")
    client.post(CODE_PAGE, {"code": code})
    thief = Client()
    password(thief, "mio")

    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    thief.post(CODE_PAGE, {"code": wide if again == "wide" else again.format(code)})

    assert is_signed_in(client)
    assert not is_signed_in(thief)


@pytest.mark.parametrize("written", ["{0}", "{0} ", "{1} {2}", "wide"])
def test_a7_a_code_may_be_typed_with_spaces_or_wide_digits(client, written):
    mio = joined("mio")
    code = shown.code_of(mio)
    password(client, "mio")

    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    text = wide if written == "wide" else written.format(code, code[:3], code[3:])
    client.post(CODE_PAGE, {"code": text})

    assert is_signed_in(client)


def test_a7_a_recovery_code_is_good_once(client):
    from django.test import Client

    mio = joined("mio")
    (code, *_) = RecoveryCodes.activate(mio).get_unused_codes()
    password(client, "mio")
    client.post(CODE_PAGE, {"code": code})
    thief = Client()
    password(thief, "mio")
    thief.post(CODE_PAGE, {"code": code})

    assert is_signed_in(client)
    assert not is_signed_in(thief)


def test_a6_five_wrong_codes_close_the_door_even_for_the_right_one(client):
    mio = joined("mio")
    password(client, "mio")
    for wrong in range(5):
        client.post(CODE_PAGE, {"code": f"00000{wrong}"})

    client.post(CODE_PAGE, {"code": shown.code_of(mio)})

    assert not is_signed_in(client)


def test_the_demo_shows_a_code_that_was_not_used_yet(client):
    mio = joined("mio")
    first = shown.code_of(mio)
    password(client, "mio")
    client.post(CODE_PAGE, {"code": first})

    second = shown.code_of(mio)

    assert second != first
    assert client.get("/account/2fa/reauthenticate/").context_data["demo_code"] == second


def _code(secret):
    counter = next(auth.yield_hotp_counters_from_time())
    return auth.format_hotp_value(auth.hotp_value(secret, counter))
