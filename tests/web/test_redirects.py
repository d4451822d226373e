"""I5: whatever stands in `next` or in the referrer, nobody is sent to another site."""

import re
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from enishi.accounts import commands as accounts
from tests import make

OURS = "http://testserver"
EVIL = "evil.example"
SHAPES = (
    f"http://{EVIL}",
    f"https://{EVIL}/path",
    f"HTTP://{EVIL}",
    f"//{EVIL}",
    f"///{EVIL}",
    f"////{EVIL}/%2e%2e",
    f"/\\{EVIL}",
    f"\\/{EVIL}",
    f"\\\\{EVIL}",
    f"/\t/{EVIL}",
    f"\t//{EVIL}",
    f"/\n/{EVIL}",
    f"/\r\n/{EVIL}",
    f" //{EVIL}",
    f"\x00//{EVIL}",
    f"\x01http://{EVIL}",
    f"http:{EVIL}",
    f"http:/{EVIL}",
    f"http:///{EVIL}",
    f"http:\\\\{EVIL}",
    f"http://testserver@{EVIL}/",
    f"http://testserver:80@{EVIL}/",
    f"http://testserver.{EVIL}/",
    f"http://{EVIL}#@testserver/",
    f"http://{EVIL}?@testserver/",
    f"http://{EVIL}\\@testserver/",
    f"//testserver@{EVIL}",
    f"//{EVIL}\\@testserver",
    f"https:{EVIL}",
    f"ftp://{EVIL}/",
    f"javascript:alert('{EVIL}')",
    f"JaVaScRiPt://testserver/%0aalert('{EVIL}')",
    f"java\nscript:alert('{EVIL}')",
    f"data:text/html,<script>location='//{EVIL}'</script>",
    f"vbscript:{EVIL}",
    f"/{chr(0xFF0F)}{EVIL}",
    f"{chr(0xFF0F)}{chr(0xFF0F)}{EVIL}",
    f"//{chr(0x3002)}{EVIL}",
    f"http://[{EVIL}]/",
    f"/desk/\r\nLocation: http://{EVIL}",
    f"//{EVIL}:80:80/",
    "nowhere-of-that-name",
    "settings",
    "?next=//" + EVIL,
)
pytestmark = pytest.mark.django_db


def lands_at(location: str) -> str:
    """Where a browser goes: it drops tabs and line ends, trims, and takes `\\` for `/`."""
    seen = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33))))
    head, mark, rest = seen.partition("?")
    goal = urlsplit(urljoin(f"{OURS}/account/here/", head.replace("\\", "/") + mark + rest))
    return f"{goal.scheme}://{goal.netloc}"


def sign_in(wanted):
    accounts.trust_email(make.ren().pk)
    fields = {"login": make.ren().email, "password": make.PASSWORD, "next": wanted}
    return Client(raise_request_exception=False), "/account/login/", fields


def sign_in_by_address(wanted):
    browser, path, fields = sign_in("")
    del fields["next"]
    return browser, f"{path}?next={quote(wanted)}", fields


def sign_in_again(wanted):
    """Whoever is signed in and opens the sign-in page is sent on."""
    return ren(), f"/account/login/?next={quote(wanted)}", None


def sign_up(wanted):
    fields = {"email": "new@people.example", "password1": "correct horse battery", "name": "New"}
    fields |= {"role": "worker", "statement": "age", "consent": "on", "next": wanted}
    return Client(raise_request_exception=False), "/account/signup/", fields


def sign_out(wanted):
    return ren(), "/account/logout/", {"next": wanted}


def reauthenticate(wanted):
    return ren(), "/account/reauthenticate/", {"password": make.PASSWORD, "next": wanted}


def change_password(wanted):
    fields = {"oldpassword": make.PASSWORD, "next": wanted}
    fields |= dict.fromkeys(("password1", "password2"), "another horse battery")
    return ren(), "/account/password/change/", fields


def switch_role(wanted):
    return ren(), reverse("role"), {"role": "client", "next": wanted}


def switch_language(wanted):
    return ren(), reverse("language"), {"language": "en", "next": wanted}


def switch_to_no_language(wanted):
    return Client(raise_request_exception=False), reverse("language"), {"next": wanted}


def write_message(wanted):
    thread = make.proposal().thread_id
    address = reverse("thread_entries", args=[thread])
    return ren(), f"{address}?next={quote(wanted)}", {"body": "Good day."}


def be_refused(wanted):
    """A refusal leads back to the page one came from."""
    browser = ren()
    browser.defaults["HTTP_REFERER"] = wanted.encode("ascii", "replace").decode()
    return browser, reverse("role"), {"role": "nobody"}


def office_code(wanted):
    person = make.mio()
    accounts.give_second_factor(person.pk, secret="JBSWY3DPEHPK3PXP")
    browser = Client(raise_request_exception=False)
    browser.force_login(person)
    return browser, f"/account/2fa/reauthenticate/?next={quote(wanted)}", {"code": "000000"}


def ren():
    browser = Client(raise_request_exception=False)
    browser.force_login(make.ren())
    return browser


READERS = (
    *(sign_in, sign_in_by_address, sign_in_again, sign_up, sign_out, reauthenticate),
    *(change_password, switch_role, switch_language, switch_to_no_language, write_message),
    *(be_refused, office_code),
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_nobody_is_sent_to_another_site(reader):
    led_astray = []

    for wanted in SHAPES:
        from django.db import transaction

        with transaction.atomic():
            cache.clear()
            browser, path, fields = reader(wanted)
            answer = browser.get(path) if fields is None else browser.post(path, fields)
            goals = [answer.headers.get(name, "") for name in ("Location", "HX-Redirect")]
            if answer.status_code >= 500 or any(lands_at(goal) != OURS for goal in goals):
                led_astray.append((wanted, answer.status_code, goals))
            transaction.set_rollback(True)

    assert led_astray == []


@pytest.mark.parametrize("path", ["//evil.example", "/%5cevil.example", "/%09/evil.example/"])
def test_an_address_that_looks_like_another_site_stays_here(client, path):
    answer = client.get(path)

    assert lands_at(answer.headers.get("Location", "")) == OURS


def test_a_sound_page_is_gone_back_to():
    """Without this, all of the above might hold because `next` is never read."""
    for reader in (sign_in, sign_in_by_address, sign_out, switch_role, switch_language):
        browser, path, fields = reader("/help/")

        assert browser.post(path, fields).headers["Location"] == "/help/", reader.__name__


def test_the_payer_comes_back_to_us():
    from enishi.web.payments.views import return_address

    assert return_address(None).startswith("http://localhost:8000/payments/")
