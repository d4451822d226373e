"""A person in a browser: reads the page in their language and presses what is written there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Error, Page

from tests.journeys.site import Site

PASSWORD = "correct horse battery staple"
PATIENCE = 20_000  # milliseconds
Shot = Callable[["Person", str], None]
# A form whose text is kept first goes on its way a moment after the press (static/js/draft.js).
SENDS = "one => one.type === 'submit' && one.matches('form[data-draft]:not([data-sending] *) *')"


@dataclass(slots=True)
class Person:
    """One account with its own browser window."""

    name: str
    mail: str
    site: Site
    page: Page
    language: str
    shot: Shot | None = None
    seen: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def says(self, sentence: str, **facts: object) -> str:
        """A sentence of the site as this person reads it."""
        with translation.override(self.language):
            words = gettext(sentence)
            return words % facts if facts else words.replace("%%", "%")

    def goes(self, path: str) -> None:
        self.page.goto(path if "://" in path else self.site.url + path)

    def presses(self, sentence: str, within: str = "main", **facts: object) -> None:
        """Press the first button or link with exactly this text and wait for the next page."""
        words = self.says(sentence, **facts)
        exact = re.compile(rf"^\s*{re.escape(words)}\s*$")
        found = self.page.locator(within).locator("a, button, summary").filter(has_text=exact)
        pressed = found.locator("visible=true").first
        if pressed.evaluate(SENDS):
            with self.page.expect_navigation():
                pressed.click()
        else:
            pressed.click()
        self.page.wait_for_load_state("load")

    def writes(self, name: str, text: object) -> None:
        self.page.locator(f'[name="{name}"]').first.fill(str(text))

    def opens(self, name: str, sentence: str) -> None:
        """Make a box of a row visible that the page shows only when it is asked for."""
        if not self.page.locator(f'[name="{name}"]').first.is_visible():
            self.presses(sentence)

    def picks(self, name: str, value: str) -> None:
        self.page.locator(f'[name="{name}"]').first.select_option(value)

    def marks(self, name: str, value: str | None = None) -> None:
        box = f'[name="{name}"]' + (f'[value="{value}"]' if value else "")
        self.page.locator(box).first.check(force=True)

    def reads(self, sentence: str, **facts: object) -> None:
        """The sentence stands on the page, now or within a moment."""
        self.reads_words(self.says(sentence, **facts))

    def reads_words(self, words: str) -> None:
        try:
            self.page.get_by_text(words).locator("visible=true").first.wait_for(timeout=PATIENCE)
        except Error as late:
            here = self.page.locator("main").inner_text()
            raise AssertionError(f"no “{words}” on {self.page.url}:\n{here}") from late

    def does_not_read(self, sentence: str) -> None:
        found = self.page.get_by_text(self.says(sentence), exact=True).locator("visible=true")
        assert found.count() == 0, sentence

    def shows(self, name: str) -> None:
        """The page is looked at: no accessibility fault, and a picture where one is wanted."""
        self.seen.append(name)
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        if self.shot:
            self.shot(self, name)
