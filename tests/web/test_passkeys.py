"""Passkeys: signing in (A4), second factor (PE2), again before delicate acts (A8), the own list."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from enishi.accounts import commands, demo
from enishi.notifications.models import OutgoingMail
from tests.authenticator import Passkey, b64
from tests.web.pages import shown_anew, text
from tests.web.test_accounts import NOON, is_signed_in, joined, sign_in

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/passkeys/sign-in/"
ADD = "/account/passkeys/add/"
CODE_PAGE = "/account/2fa/authenticate/"


def with_passkey(client, key="ren", **traits):
    """A person with one passkey, signed in and freshly shown to be this person."""
    account = joined(key)
    sign_in(client, key)
    shown_anew(client, account)
    return account, added(client, **traits)


def added(client, name="my phone", **traits):
    passkey = Passkey(**traits)
    options = client.get(ADD).context_data["js_data"]["creation_options"]
    client.post(ADD, {"name": name, "credential": passkey.make(options)})
    return passkey


def present(client, passkey, **more):
    """Sign in by passkey, as passkey.js does."""
    options = client.post("/account/passkeys/challenge/").json()
    return client.post(SIGN_IN, {"credential": passkey.give(options)} | more)


def as_factor(client, passkey):
    options = client.get(CODE_PAGE).context_data["js_data"]["request_options"]
    return client.post(CODE_PAGE, {"credential": passkey.give(options)})


def test_a_passkey_opens_the_account_without_password_or_code(client):
    _, passkey = with_passkey(client)
    new = Client()

    response = present(new, passkey, next="/contracts/")

    assert response.headers["Location"] == "/contracts/"
    assert is_signed_in(new)


def test_i5_after_a_passkey_one_is_led_to_pages_of_ours_only(client):
    _, passkey = with_passkey(client)

    assert present(Client(), passkey, next="//evil.example/").headers["Location"] == "/desk/"


def test_a4_the_session_gets_a_new_key_with_a_passkey(client):
    _, passkey = with_passkey(client)
    new = Client()
    new.post("/account/passkeys/challenge/")
    before = new.session.session_key

    present(new, passkey)

    assert new.session.session_key != before


def test_with_a_passkey_the_password_alone_opens_nothing(client):
    _, passkey = with_passkey(client)
    new = Client()

    assert sign_in(new).headers["Location"] == CODE_PAGE
    assert not is_signed_in(new)
    as_factor(new, passkey)

    assert is_signed_in(new)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://evil.example"},
        {"site": "evil.example"},
        {"verifies": False},
    ],
)
def test_a_passkey_of_another_site_or_without_its_owner_is_refused(client, wrong):
    _, passkey = with_passkey(client)
    for trait, value in wrong.items():
        setattr(passkey, trait, value)
    new = Client(HTTP_ACCEPT_LANGUAGE="en")

    response = present(new, passkey)

    assert response.headers["Location"] == "/account/login/"
    assert "This passkey opens nothing here" in text(new.get("/account/login/"))
    assert not is_signed_in(new)


def test_a_key_that_only_says_it_is_known_is_refused(client):
    """Same id, same owner, another private key."""
    _, passkey = with_passkey(client)
    forged = Passkey()
    forged.id, forged.owner = passkey.id, passkey.owner
    new = Client()

    present(new, forged)

    assert not is_signed_in(new)


def test_nobody_signs_in_as_someone_else_with_a_passkey_of_their_own(client):
    hana = Client()
    _, hers = with_passkey(hana, "hana")
    _, rens = with_passkey(client)
    hers.owner = rens.owner
    new = Client()

    present(new, hers)

    assert not is_signed_in(new)


def test_an_answer_is_good_for_one_challenge(client):
    _, passkey = with_passkey(client)
    first, second = Client(), Client()
    answer = passkey.give(first.post("/account/passkeys/challenge/").json())
    first.post(SIGN_IN, {"credential": answer})
    second.post("/account/passkeys/challenge/")

    second.post(SIGN_IN, {"credential": answer})
    first.post("/account/logout/")
    first.post(SIGN_IN, {"credential": answer})

    assert not is_signed_in(second)
    assert not is_signed_in(first)


def test_a_removed_passkey_opens_nothing(client):
    account, passkey = with_passkey(client)
    row = Authenticator.objects.get(user=account, type="webauthn")
    key = client.session.session_key

    client.post(reverse("mfa_remove_webauthn", args=[row.pk]))
    new = Client()
    present(new, passkey)

    assert not is_signed_in(new)
    assert client.session.session_key != key
    assert not Authenticator.objects.filter(user=account).exists()  # recovery codes went along


def test_adding_and_removing_are_told_by_mail(client):
    account, _ = with_passkey(client)
    row = Authenticator.objects.get(user=account, type="webauthn")
    client.post(reverse("mfa_remove_webauthn", args=[row.pk]))

    told = OutgoingMail.objects.filter(to=account.email).order_by("pk").values_list("subject")

    with_english = {"A passkey was added", "A passkey was removed"}
    assert len([subject for (subject,) in told]) >= len(with_english)


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a8_passkeys_change_only_after_one_has_shown_who_one_is(client, name, method):
    account, _ = with_passkey(client)
    row = Authenticator.objects.get(user=account, type="webauthn")
    shown_anew(client, account, ago=601)
    address = reverse(name, args=[] if "add" in name else [row.pk])

    response = getattr(client, method)(address)

    assert response.headers["Location"].startswith("/account/reauthenticate/")
    assert Authenticator.objects.filter(user=account, type="webauthn").count() == 1


def test_a_passkey_shows_again_who_one_is(client):
    account, passkey = with_passkey(client)
    shown_anew(client, account, ago=601)
    page = "/account/passkeys/reauthenticate/"
    options = client.get(page).context_data["js_data"]["request_options"]
    key = client.session.session_key

    client.post(page, {"credential": passkey.give(options), "next": "/account/email/"})

    assert client.get("/account/email/").status_code == 200
    assert client.session.session_key != key


def test_strangers_do_not_find_ones_passkeys(client):
    account, _ = with_passkey(client)
    row = Authenticator.objects.get(user=account, type="webauthn")
    stranger = Client()
    hana = joined("hana")
    sign_in(stranger, "hana")
    shown_anew(stranger, hana)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert stranger.get(reverse(name, args=[row.pk])).status_code == 404
        assert stranger.post(reverse(name, args=[row.pk]), {"name": "x"}).status_code == 404

    row.refresh_from_db()
    assert row.data["name"] == "my phone"


def test_a_passkey_is_renamed_in_letters_one_can_see(client):
    account, _ = with_passkey(client)
    row = Authenticator.objects.get(user=account, type="webauthn")
    address = reverse("mfa_edit_webauthn", args=[row.pk])

    client.post(address, {"name": "蓮の　電話"})
    client.post(address, {"name": "\u202e"})
    client.post(address, {"name": "x" * 61})

    row.refresh_from_db()
    assert row.data["name"] == "蓮の 電話"
    assert "蓮の 電話" in text(client.get("/account/2fa/"))


def test_pe2_a_passkey_is_the_offices_second_factor(client):
    ren = joined("ren")
    commands.appoint(ren.email, "reader", at=NOON)
    sign_in(client)
    shown_anew(client, ren)
    assert client.get("/office/").headers["Location"] == "/account/2fa/"

    passkey = added(client)
    assert client.get("/office/").status_code == 200
    new = Client()
    present(new, passkey)
    assert new.get("/office/").status_code == 200


def test_pe2_a_session_without_the_passkey_is_asked_for_it(client):
    account, _ = with_passkey(client)
    account = commands.appoint(account.email, "reader", at=NOON)
    new = Client()
    new.force_login(account)

    wanted = new.get("/office/").headers["Location"]

    assert wanted == "/account/passkeys/reauthenticate/?next=%2Foffice%2F"


def test_pe2_the_office_keeps_its_last_second_factor(client):
    account, _ = with_passkey(client)
    account = commands.appoint(account.email, "reader", at=NOON)
    client.force_login(account)
    shown_anew(client, account)
    first = Authenticator.objects.get(user=account, type="webauthn")

    client.post(reverse("mfa_remove_webauthn", args=[first.pk]))
    assert Authenticator.objects.filter(pk=first.pk).exists()

    added(client, "the other")
    client.post(reverse("mfa_remove_webauthn", args=[first.pk]))
    assert not Authenticator.objects.filter(pk=first.pk).exists()


def test_pe4_a_passkey_of_a_suspended_account_opens_nothing_and_says_why(client):
    account, passkey = with_passkey(client)
    commands.suspend(account.pk, by=None, at=NOON, reason="確認中です")
    new = Client()

    present(new, passkey)

    assert not is_signed_in(new)
    assert "確認中です" in text(new.get("/account/login/"))


def test_ten_passkeys_are_the_most(client):
    account, _ = with_passkey(client)
    row = Authenticator.objects.get(user=account, type="webauthn")
    Authenticator.objects.bulk_create(
        Authenticator(user=account, type="webauthn", data=row.data) for _ in range(9)
    )

    added(client)

    assert Authenticator.objects.filter(user=account, type="webauthn").count() == 10


DAMAGED = [
    "",
    "null",
    "[]",
    '"x"',
    "7",
    "{}",
    "[" * 5_000,
    '{"response": null}',
    '{"response": {"userHandle": 7}}',
    '{"response": {"userHandle": "%%%"}}',
    json.dumps({"response": {"userHandle": b64(b"zzzzzzzzzzzzzzzz")}}),
    json.dumps({"id": "a", "rawId": "a", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "YQ",
            "rawId": "YQ",
            "type": "public-key",
            "response": {
                "clientDataJSON": b64(b"{}"),
                "attestationObject": b64(b"\xff\xff"),
                "authenticatorData": b64(b"short"),
                "signature": "AAAA",
                "userHandle": b64(b"1"),
            },
        }
    ),
]


@pytest.mark.parametrize("damaged", DAMAGED)
def test_i1_damaged_bytes_get_a_sentence(client, damaged):
    """At every form that takes a passkey."""
    account, _ = with_passkey(client)
    halfway = Client()
    sign_in(halfway)
    halfway.get(CODE_PAGE)
    anonymous = Client()
    anonymous.post("/account/passkeys/challenge/")
    again = "/account/passkeys/reauthenticate/"
    client.get(again)

    answers = [
        anonymous.post(SIGN_IN, {"credential": damaged}),
        halfway.post(CODE_PAGE, {"credential": damaged}),
        client.post(again, {"credential": damaged}),
        client.post(ADD, {"credential": damaged, "name": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 200, 200, 200]
    for answer in answers[1:]:
        assert "assk" in text(answer) or "パスキー" in text(answer)
    assert Authenticator.objects.filter(user=account, type="webauthn").count() == 1


def test_a6_five_wrong_passkeys_as_second_factor_close_the_door(client):
    _, passkey = with_passkey(client)
    new = Client()
    sign_in(new)
    forged = Passkey()
    forged.id = passkey.id
    for _ in range(5):
        as_factor(new, forged)

    answer = as_factor(new, passkey)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert not is_signed_in(new)


def test_asking_for_a_challenge_is_counted(client):
    begun = time.monotonic()
    answers = [client.post("/account/passkeys/challenge/").status_code for _ in range(31)]

    assert time.monotonic() - begun < 60
    assert answers == [200] * 30 + [429]


def test_the_challenge_tells_nothing_of_who_exists(client):
    with_passkey(client)

    asked = Client().post("/account/passkeys/challenge/").json()["publicKey"]

    assert set(asked) <= {"challenge", "rpId", "userVerification", "timeout", "allowCredentials"}
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_about_passkeys_opens_in_both_languages(client, language):
    account, _ = with_passkey(client)
    commands.speak(by=account, language=language)
    row = Authenticator.objects.get(user=account, type="webauthn")
    pages = ["/account/2fa/", ADD, "/account/passkeys/reauthenticate/"]
    pages += [reverse(f"mfa_{one}_webauthn", args=[row.pk]) for one in ("edit", "remove")]

    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, f'lang="{language}"' in answer.content.decode()) == (200, True)


def test_the_demos_password_still_opens_without_a_passkey(client):
    joined()

    assert sign_in(client, password=demo.PASSWORD).headers["Location"] == "/desk/"
