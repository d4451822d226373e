"""Passkeys in a real browser, which holds a virtual authenticator: made, shown at the door, as the
second factor and again before a delicate act; cancelled; and shown at a false site."""

import re

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from playwright.sync_api import expect, sync_playwright

from enishi.accounts import demo
from tests.journeys.site import CHROMIUM, FLAGS
from tests.web.test_accounts import joined
from tests.web.test_drafts_browser import PHONE, Thread

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(market, monkeypatch, settings):
    """Our pages over HTTP in this process, with real commits."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright leaves a loop running
    server = Thread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    settings.URL = f"http://localhost:{server.port}"
    yield settings.URL
    server.terminate()
    connections.close_all()


@pytest.fixture
def ren(address):
    account = joined("ren")
    account.language = "en"
    account.save()
    return account


@pytest.fixture
def page(ren, address):
    """A phone in English that holds no passkey yet; it says what its pages stumble over."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS
        )
        context = browser.new_context(base_url=address, locale="en-US", viewport=PHONE)
        context.set_default_timeout(7_000)
        page = context.new_page()
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        yield page
        browser.close()
        connections.close_all()  # those of Playwright's loop are not seen from outside of it
        assert faults == []


@pytest.fixture
def device(page):
    """Its authenticator: answers at once, as a finger would."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    made = line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def order(verb, **more):
        return line.send(f"WebAuthn.{verb}", {"authenticatorId": made["authenticatorId"]} | more)

    return order


def by_password(page):
    page.goto("/account/login/")
    page.fill("[name=login]", "ren@enishi.example")
    page.fill("[name=password]", demo.PASSWORD)
    page.press("[name=password]", "Enter")


def shown_again(page):
    """Comes to a page that asks first who one is."""
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", demo.PASSWORD)
        page.locator("main form button[type=submit]").first.click()


def made(page):
    by_password(page)
    page.wait_for_url("**/desk/")
    page.goto("/account/passkeys/add/")
    shown_again(page)
    page.fill("[name=name]", "my phone")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url(lambda url: "/add/" not in url)


def leave(page):
    page.context.clear_cookies(name="sessionid")


def test_a_passkey_is_made_and_opens_the_door(page, device):
    made(page)
    page.goto("/account/2fa/")
    expect(page.locator("main")).to_contain_text("my phone")
    leave(page)
    page.goto("/account/login/?next=/settings/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/settings/")
    assert len(device("getCredentials")["credentials"]) == 1


def test_after_the_password_the_passkey_is_asked_for_and_lets_in(page, device):
    made(page)
    leave(page)
    by_password(page)
    page.wait_for_url("**/account/2fa/authenticate/**")

    page.get_by_role("button", name=re.compile("passkey")).click()

    page.wait_for_url("**/desk/")


def test_a8_a_passkey_shows_again_who_one_is(page, device):
    made(page)
    page.goto("/account/passkeys/reauthenticate/?next=/account/email/")

    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/account/email/")


def test_one_passkey_of_one_account_is_kept_by_one_device(page, device):
    made(page)
    page.goto("/account/passkeys/add/")

    page.get_by_role("button", name="Make the passkey").click()

    expect(page.get_by_role("status").last).to_contain_text("holds a passkey of this account")


def test_a_device_without_a_passkey_says_so_and_the_password_stays(page, device):
    page.goto("/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.locator("[data-passkey-says]")).to_contain_text("No passkey was given")
    by_password(page)
    page.wait_for_url("**/desk/")


def test_a_finger_that_is_not_the_owners_opens_nothing(page, device):
    made(page)
    leave(page)
    device("setUserVerified", isUserVerified=False)
    page.goto("/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.locator("[data-passkey-says]")).to_contain_text("No passkey was given")
    assert page.context.request.get("/settings/", max_redirects=0).status == 302


def test_a_removed_passkey_opens_nothing_though_the_device_holds_it(page, device):
    made(page)
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    leave(page)
    page.goto("/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.locator("body")).to_contain_text("This passkey opens nothing here")
