"""A6 at the pages: limits of tries, told truthfully, that nobody can turn back."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from enishi.accounts import demo
from enishi.web.accounts import checks
from enishi.web.accounts import demo as shown
from tests.web.pages import text
from tests.web.test_accounts import ANSWERS, LOGIN, PASSWORD, is_signed_in, joined, sign_in

pytestmark = pytest.mark.django_db
CODE_PAGE = "/account/2fa/authenticate/"
NEW = {"oldpassword": demo.PASSWORD, "password1": PASSWORD, "password2": PASSWORD}


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
