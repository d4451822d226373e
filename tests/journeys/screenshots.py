"""Pictures of every page of the journey: 390 and 1280 px, light and dark, Japanese and English.

Run by bin/screenshots; they land in the git-ignored folder shots/.
"""

import os
import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import Browser, sync_playwright

# The words of the pages are looked up here; the market itself runs in processes of its own.
os.environ |= {"DJANGO_SETTINGS_MODULE": "enishi.settings", "ENISHI_SECRET_KEY": "words only" * 4}

from tests.journeys import climb, money, parts, paying_by_file, story
from tests.journeys import site as sites
from tests.journeys.conftest import cast, person
from tests.journeys.people import Person

SHOTS = sites.ROOT / "shots"
WIDTHS = {390: 844, 1280: 900}
THEMES = ("light", "dark")


def shoot(person: Person, name: str) -> None:
    """Four pictures of the page as it stands, then back to how the person had it."""
    before = person.page.viewport_size
    for width, height in WIDTHS.items():
        person.page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            person.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            file = SHOTS / f"{name}-{width}-{theme}-{person.language}.png"
            person.page.screenshot(path=file, full_page=True)
    person.page.emulate_media(color_scheme="light")
    person.page.set_viewport_size(before)
    sys.stderr.write(f"{name} {person.language}\n")


def of_money(browser: Browser) -> None:
    """The pages of a deal that goes wrong, in Japanese."""
    with sites.running() as site:
        contract = money.staged(site)
        people = money.people(browser, site)
        for one in people:
            one.shot = shoot
        money.tells_all(people, contract)


def of_files(browser: Browser) -> None:
    """The pages of a market that pays by file, in both languages."""
    for language in ("ja", "en"):
        with sites.running(**paying_by_file.ENVIRONMENT) as site:
            paying_by_file.staged(site, language)
            people = paying_by_file.people(browser, site, language)
            for one in people:
                one.shot = shoot
            paying_by_file.tells_all(people)


def of_parts(browser: Browser) -> None:
    """The pages of a bank transfer that brings a part."""
    with sites.running() as site:
        for language in ("ja", "en"):
            contract = money.staged(site, language)
            people = [
                person(browser, site, name, f"{name.lower()}@people.example", language, money.PHONE)
                for name in ("Hana", "Ren")
            ]
            for one in people:
                one.shot = shoot
            parts.tells_all(people[0], people[1], contract)


def of_climb(browser: Browser) -> None:
    """The pages of a rank that rises, and of a client who chooses."""
    with sites.running() as site:
        ren = person(browser, site, "Ren", "ren@people.example", "ja", money.PHONE)
        hana = person(browser, site, "Hana", "hana@people.example", "en", money.DESK)
        ren.shot = hana.shot = shoot
        climb.climbs(ren, hana)


def main() -> None:
    django.setup()
    SHOTS.mkdir(exist_ok=True)
    with sites.running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=sites.CHROMIUM, chromium_sandbox=False, args=sites.FLAGS
        )
        of_money(browser)
        of_files(browser)
        of_parts(browser)
        of_climb(browser)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "article.txt"
            file.write_text("道の駅の朝は早い。", encoding="utf-8")
            for language in ("ja", "en"):
                people = cast(browser, site, language, {"width": 390, "height": 844})
                for person in people:
                    person.shot = shoot
                story.hires(people, file)
        browser.close()


if __name__ == "__main__":
    main()
