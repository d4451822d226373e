"""Browsers and a running market for the journeys."""

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import site as sites
from tests.journeys.people import Person
from tests.journeys.story import Cast


@pytest.fixture(scope="module")
def site():
    with sites.running() as market:
        yield market


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=sites.CHROMIUM, chromium_sandbox=False, args=sites.FLAGS
        )
        yield chromium
        chromium.close()


def person(browser, site, name, mail, language, viewport, **more):
    """A browser window of their own, in their language."""
    locale = {"ja": "ja-JP", "en": "en-US"}[language]
    context = browser.new_context(
        locale=locale, timezone_id="Asia/Tokyo", viewport=viewport, **more
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    made = Person(name, mail, site, page, language)
    page.on("pageerror", lambda error: made.problems.append(str(error)))
    return made


def cast(browser, site, language, viewport, **more):
    names = {"ja": ("花", "蓮", "空"), "en": ("Hana", "Ren", "Sora")}[language]
    people = [
        person(browser, site, name, f"{key}.{language}@people.example", language, viewport, **more)
        for key, name in zip(("hana", "ren", "sora"), names, strict=True)
    ]
    return Cast(*people)
