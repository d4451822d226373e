"""A whole profile in a real browser: nothing for axe to mend in either language and theme, nothing
wider than a phone, and what the pages do with JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect, sync_playwright

from tests.journeys.site import CHROMIUM, FLAGS

SIZES = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
FORMS = ("portfolio/new", "packages/new", "experience/new", "qualifications/new")
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Thread(LiveServerThread):
    server_class = ThreadedWSGIServer


@pytest.fixture
def address(market, monkeypatch, settings):
    """Our pages over HTTP in this process, with real commits."""
    from enishi.kit import clock
    from tests.make import NOON

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright leaves a loop running
    monkeypatch.setattr(clock, "read", lambda: (NOON, False))
    monkeypatch.setattr(clock, "now", lambda: NOON)
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
    """Ren, who shows one of everything, and whose name is like another's."""
    from enishi.profiles import commands
    from tests import make
    from tests.profiles.parts import everything, piece

    person = make.ren()
    make.account("Rеn", "client")
    commands.present_worker(
        by=person,
        at=make.NOON,
        introduction="はじめまして。暮らしの記事を書いています。\n\n" * 8,
        skills=["sk001", "sk004"],
        hours="平日の9時半から14時半",
        weekly_hours=20,
    )
    everything(person)
    piece(person, count=2)
    return person


@pytest.fixture
def chromium(ren):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS
        )
        yield browser
        browser.close()
        connections.close_all()


def window(chromium, address, who, **more):
    context = chromium.new_context(base_url=address, service_workers="block", **more)
    context.set_default_timeout(15_000)
    session = Client()
    session.force_login(who)
    value = session.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": address}])
    return context.new_page()


def paths(ren):
    from enishi.profiles.packages import queries as packages
    from enishi.profiles.portfolio import queries as portfolio

    (offered,) = packages.offered(ren.pk)
    shown = portfolio.pieces(ren.pk)[1]
    own = f"/people/{ren.pk}/"
    return [
        *(own, f"{own}portfolio/{shown.pk}/", f"{own}packages/{offered.pk}/"),
        *("/profile/parts/", f"/profile/portfolio/{shown.pk}/", "/profile/?as=client"),
        *(f"/profile/{one}/" for one in (*FORMS, "languages", "weeks", "rates")),
    ]


@pytest.mark.parametrize(("language", "theme"), [("ja", "light"), ("en", "dark")])
def test_every_page_of_a_profile_can_be_used_by_all(chromium, address, ren, language, theme):
    ren.language = language
    ren.save()
    page = window(chromium, address, ren, color_scheme=theme, reduced_motion="reduce")
    wrong = []

    for path in paths(ren):
        page.goto(path)
        for size in SIZES:
            page.set_viewport_size(size)
            if page.evaluate(WIDER):
                wrong.append(f"{path} is wider than {size['width']} px")
        found = Axe().run(page)
        wrong += [
            f"{path}: {one['id']}: {one['nodes'][0]['html']}"
            for one in found.response["violations"]
        ]

    assert wrong == []


def test_a_picture_is_chosen_kept_and_taken_out(chromium, address, ren, tmp_path):
    from enishi.profiles.models import Piece
    from tests.profiles.parts import picture

    file = tmp_path / "sign.png"
    file.write_bytes(picture().read())
    page = window(chromium, address, ren, locale="en-US", viewport=SIZES[0])
    page.goto("/profile/portfolio/new/")
    rows = page.locator("[data-row]:not([hidden])")
    expect(rows).to_have_count(1)
    page.set_input_files("[name=image_1]", file)
    page.get_by_role("button", name="Save this piece").click()

    expect(page.locator(".notice--error")).to_contain_text("Title: Please fill in this item.")
    expect(page.locator("[data-thumb] img")).to_have_count(1)
    page.fill("[name=title]", "A menu")
    page.fill("[name=alt_1]", "A menu in chalk")
    page.get_by_role("button", name="Add a picture").click()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Save this piece").click()

    page.wait_for_url(re.compile(r"/people/\d+/portfolio/\d+/"))
    expect(page.get_by_role("img", name="A menu in chalk")).to_be_visible()
    made = Piece.objects.get(title="A menu")
    page.goto(f"/profile/portfolio/{made.pk}/")
    page.get_by_role("button", name="Add a picture").click()
    page.get_by_role("button", name="Take out").first.click()
    page.get_by_role("button", name="Save this piece").click()
    expect(page.locator(".notice--error")).to_contain_text("at least one picture")


def test_the_address_is_copied_by_a_press(chromium, address, ren):
    page = window(
        chromium, address, ren, locale="en-US", permissions=["clipboard-read", "clipboard-write"]
    )
    page.goto(f"/people/{ren.pk}/")

    page.get_by_role("button", name="Copy").click()

    expect(page.locator("#share_said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}/people/{ren.pk}/"


def test_without_javascript_the_address_is_there_to_be_copied(chromium, address, ren):
    page = window(chromium, address, ren, java_script_enabled=False)
    page.goto(f"/people/{ren.pk}/")

    assert page.locator("#share").get_attribute("value") == f"{address}/people/{ren.pk}/"
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
