"""Looks at pages of a running market in Chromium as whoever may see them: what runs, what is
refused, whom the browser asks, and what can be read. And without a browser: what the pages say."""

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.data.hostile import SCRIPTS
from tests.journeys.site import CHROMIUM, FLAGS, ROOT, Site
from tests.proofs.hostile_market import DEVICE, MARK

WATCHING = (Path(__file__).parent / "onlooker.js").read_text()
OUR_ACTS = re.compile(r"""["\s](hx-[a-z-]+)"?[=:]""")
ONLY_WITH_NONCE = re.compile(r"script-src 'nonce-[\w-]+'(;|$)")
SANDBOXED = re.compile(r"^sandbox\b(?!.*allow-scripts)")
SAID = re.compile(MARK.format(0).replace("0000", r"\d{4}"))
AS_FILLED = "testserver"  # under which name whoever filled the market came, as a letter says
WINDOWS = 12  # open at once: each follows the news
BACK_FORTH = "--disable-back-forward-cache"  # Playwright's own flag: people have that cache


class Visit(NamedTuple):
    """One person at one address."""

    page: str
    thing: str
    name: str
    pair: str | None
    path: str

    @property
    def who(self) -> str:
        return f"{self.name} {self.pair}"

    def __str__(self) -> str:
        return f"{self.who} at {self.path} ({self.page}, {self.thing or 'itself'})"


class Source(HTMLParser):
    """What the answer says: its words with what boxes and attributes hold, its elements, and where
    one may look further at the same address (tabs, a search)."""

    def __init__(self, html: str, path: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.said: list[str] = []
        self.elements: set[tuple[str, str]] = set()
        self.further: list[str] = []
        self._path, self._action, self._is_code = path, "", False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        self.said += given.values()
        if attrs:
            self.elements.add((tag, repr(sorted(attrs))))
        if tag in ("script", "style"):
            self._is_code = True
        if tag == "form":
            self._action = given.get("action", "") if "method" not in given else ""
        if tag == "a" and "?" in given.get("href", ""):
            self._follow(given["href"])
        if tag == "input" and self._action and given.get("type", "text") in ("text", "search"):
            for typed in ("script", SCRIPTS[-8]):
                self._follow(f"{self._action}?{urlencode({given.get('name', ''): typed})}")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._is_code = False
        if tag == "form":
            self._action = ""

    def handle_data(self, data: str) -> None:
        if not self._is_code:
            self.texts.append(data)

    def _follow(self, href: str) -> None:
        path, _, query = href.partition("#")[0].partition("?")
        if path in ("", self._path) or "q=" in query:
            self.further.append(f"{path or self._path}?{query}")

    @property
    def words(self) -> str:
        return "\n".join(["".join(self.texts), *self.said])


HOSTILE = set[tuple[str, str]]().union(*(Source(one).elements for one in SCRIPTS))


class Answer(NamedTuple):
    status: int
    kind: str
    body: str


def asked(site: Site, path: str, cookies: dict[str, str]) -> Answer:
    there = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=30)
    carried = "; ".join(f"{name}={value}" for name, value in cookies.items())
    there.request("GET", path, headers={"Cookie": carried, "User-Agent": DEVICE})
    came = there.getresponse()
    body = came.read().decode("utf-8", "replace")
    there.close()
    return Answer(came.status, came.headers.get_content_type(), body)


def plain(text: str) -> str:
    """Without what pages do to white space, and without what turns the line around."""
    return re.sub(r"[\s\u200b]+", "", text)


def in_full(words: str, said: dict[str, str]) -> set[str]:
    """The marks of what stands there whole, as it was said."""
    read = plain(words)
    return {mark for mark in set(SAID.findall(words)) if said.get(mark, "\0") in read}


def alive(source: Source) -> list[tuple[str, str]]:
    """Elements of the page that hostile words would be, and what runs by itself."""
    return [one for one in source.elements if one in HOSTILE or re.search(r"\('on\w+', ", one[1])]


def our_acts() -> list[str]:
    """Attributes of htmx that our own pages use."""
    pages = [path for kind in ("html", "py") for path in (ROOT / "enishi/web").rglob(f"*.{kind}")]
    return sorted({name for path in pages for name in OUR_ACTS.findall(path.read_text())})


@dataclass
class Onlooker:
    """One browser, a window for everyone who looks; of many people the last ones'."""

    site: Site
    cookies: dict[str, dict[str, str]]
    browser: Any
    known: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    swapped: int = 0
    _pages: dict[str, Page] = field(default_factory=dict)
    _here: str = ""
    _hosts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        there = urlsplit(self.site.url)
        ports = (there.port, there.port + 1, there.port + 2)  # pages, stream, payment page
        self._hosts = [f"localhost:{port}" for port in ports]
        blank = self.window("anonymous None", service_workers="block")
        leads = [*self._hosts, AS_FILLED]
        self.known = {"hosts": leads, "ours": our_acts(), "mark": MARK[:2]}
        self.known["prints"] = blank.evaluate("scripts => onlooker.prints(scripts)", SCRIPTS)

    def window(self, who: str, **more: Any) -> Page:
        """A new window of theirs in which nothing escapes us."""
        context: BrowserContext = self.browser.new_context(
            base_url=self.site.url, locale="en-US", user_agent=DEVICE, **more
        )
        context.set_default_timeout(20_000)
        kept = self.cookies.get(who, {}).items()
        context.add_cookies([{"name": n, "value": v, "url": self.site.url} for n, v in kept])
        context.add_init_script(WATCHING)
        context.on("request", lambda asks: self._asks(asks.url))
        page = context.new_page()
        page.on("dialog", lambda dialog: (self._say("a dialog"), dialog.dismiss()))
        page.on("popup", lambda _: self._say("another window"))
        page.on("pageerror", lambda error: self._say(f"a script broke: {error}"))
        page.on("console", lambda said: self._hear(said.text))
        return page

    def page(self, who: str) -> Page:
        if who not in self._pages:
            if len(self._pages) >= WINDOWS:
                self._pages.pop(next(iter(self._pages))).context.close()
            self._pages[who] = self.window(who, service_workers="block")
        return self._pages[who]

    def opens(self, visit: Visit) -> str:
        """Everything that can be read there, after all that follows the news was renewed once."""
        self._here = str(visit)
        page = self.page(visit.who)
        answer = page.goto(visit.path)
        assert answer is not None
        policy = answer.headers.get("content-security-policy", "")
        if not ONLY_WITH_NONCE.search(policy) and not SANDBOXED.search(policy):
            self._say(f"may run more than ours: {policy}")
        if SANDBOXED.search(policy):  # no script at all runs there, ours included
            return self._looks(page)
        read = self._looks(page)
        if renewed := page.evaluate("onlooker.renew()"):
            self.swapped += renewed
            read += self._looks(page)
        return read

    def looks(self, page: Page, what: str) -> str:
        self._here = what
        return self._looks(page)

    def _looks(self, page: Page) -> str:
        for fault in page.evaluate("known => onlooker.faults(known)", self.known):
            self._say(fault)
        return str(page.evaluate("onlooker.words()"))

    def _say(self, what: str) -> None:
        self.faults.append(f"{self._here}: {what}")

    def _hear(self, words: str) -> None:
        if "Content Security Policy" in words or "Refused to" in words:
            self._say(words)

    def _asks(self, url: str) -> None:
        if url.startswith(("http:", "https:", "ws:", "wss:")):
            if urlsplit(url).netloc not in self._hosts:
                self._say(f"asked {url}")
            if urlsplit(url).path == "/violations/":
                self._say("a report of something refused")


@contextmanager
def looking(site: Site, cookies: dict[str, dict[str, str]]) -> Iterator[Onlooker]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            chromium_sandbox=False,
            args=FLAGS,
            ignore_default_args=[BACK_FORTH],
        )
        yield Onlooker(site, cookies, browser)
        browser.close()


def cover(found: dict[Visit, set[str]], left: set[str]) -> Iterator[Visit]:
    """Few visits at which all of these marks are shown that are shown at all."""
    left = left & set[str]().union(*found.values())
    while left:
        best = max(found, key=lambda visit: len(left & found[visit]))
        left -= found[best]
        yield best
