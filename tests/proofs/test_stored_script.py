"""I3, I4: what a person writes is words to everyone who reads it, and what was read in private
stays with whoever is signed in. A market full of scripts, looked at in Chromium."""

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.data.hostile import SCRIPTS
from tests.journeys import site as sites
from tests.make import PASSWORD
from tests.proofs.canaries import PLANTED
from tests.proofs.conftest import Proof
from tests.proofs.hostile_market import STEP
from tests.proofs.onlooker import SAID, Source, Visit, alive, asked, cover, in_full, looking, plain

BUDGET = 90
LEAST = 60  # scripts, all different
PAGES = 20  # in Chromium, of a sample
LETTERS = 3  # of them, at least
SAMPLED = {"anonymous", "client", "worker", "operator"}  # others see the same templates
SIGN_OUT = "document.querySelector('form[action=\"/account/logout/\"]').requestSubmit()"

# What nobody reads whole on a page, each with its reason.
NOT_ON_A_PAGE = {
    "draft-file-bytes": "in a file",
    "delivered-file-bytes": "in a file",
    "message-file-bytes": "in a file",
    "review-private-note": "kept for the office, which has no page for it yet",
    "words-before-an-edit": "its first words stand in the history of a post",
    "unsent-words": "put into their box by a script",
}


@dataclass
class Market:
    """A running market and, once it is filled, who may see what, and what was said in it."""

    site: sites.Site
    facts: dict[str, Any] = field(default_factory=dict)

    def fill(self, first: int, count: int) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "tests.proofs.hostile_market", str(first), str(count)],
            cwd=sites.ROOT,
            env=self.site.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.facts = json.loads(done.stdout)

    @property
    def visits(self) -> list[Visit]:
        return [Visit(*one) for one in self.facts["visits"]]

    @property
    def said(self) -> dict[str, str]:
        return {mark: plain(text) for mark, (_, text) in self.facts["said"].items()}

    def where(self, marks: set[str]) -> set[str]:
        return {self.facts["said"][mark][0] for mark in marks}

    def looking(self) -> Any:
        return looking(self.site, self.facts["cookies"])

    def visit(self, page: str, thing: str, name: str) -> Visit:
        wanted = (page, thing, name)
        return next(one for one in self.visits if (one.page, one.thing, one.name) == wanted)


@pytest.fixture(scope="module")
def empty() -> Iterator[Market]:
    with sites.running() as site:
        yield Market(site)


@pytest.fixture
def market(empty: Market, proof: Proof) -> Market:
    """With one pair of people, who begin anywhere in the list of scripts; of a whole proof with so
    many that their first ones go once around the list. Every long text holds all of them."""
    if not empty.facts:
        around = len(SCRIPTS) // STEP
        empty.fill(proof.random().randrange(around), around if proof.whole else 1)
    return empty


def test_nothing_that_people_write_is_more_than_words(market, proof):
    """I3: every page that shows them, to everyone who may see it. All are read as they are sent;
    Chromium opens few that show everything there is, and then others."""
    assert len(set(SCRIPTS)) >= LEAST
    assert market.facts["unsaid"] == []
    shown, wrong = read_all(market, proof)
    assert wrong == []
    missing = market.said.keys() - set[str]().union(*shown.values())
    assert market.where(missing) <= NOT_ON_A_PAGE.keys()

    lost = []
    with market.looking() as onlooker:
        for visit in chosen(market, shown, proof):
            read = onlooker.opens(visit)
            missing = shown[visit] - in_full(read, market.said)
            lost += [f"{visit}: {where}" for where in market.where(missing)]
        proof.say(f"{onlooker.swapped} parts put in anew")

        assert onlooker.faults == []
        assert lost == []
        assert onlooker.swapped > 0


def read_all(market: Market, proof: Proof) -> tuple[dict[Visit, set[str]], list[str]]:
    """What each page shows in full, and what is wrong there. Tabs and searches of a page, too."""
    shown: dict[Visit, set[str]] = {}
    wrong: list[str] = []
    said, cookies = market.said, market.facts["cookies"]
    waiting = [one for one in market.visits if proof.whole or one.name in SAMPLED]
    known = {(one.who, one.path) for one in waiting}

    def ask(visit: Visit) -> Any:
        return asked(market.site, visit.path, cookies[visit.who])

    with ThreadPoolExecutor(2) as pool:
        while waiting:
            batch, waiting = waiting[:200], waiting[200:]
            for visit, answer in zip(batch, pool.map(ask, batch), strict=True):
                if answer.status >= 500:
                    wrong.append(f"{visit}: {answer.status}")
                if answer.status != 200 or answer.kind != "text/html":
                    continue
                source = Source(answer.body, visit.path.partition("?")[0])
                wrong += [f"{visit}: {one} is alive" for one in alive(source)]
                shown[visit] = in_full(source.words, said)
                further = [] if "?" in visit.path else source.further
                more = [visit._replace(path=one) for one in further]
                waiting += [one for one in more if (one.who, one.path) not in known]
                known |= {(one.who, one.path) for one in more}
    proof.say(f"{len(shown):,} pages read")
    return shown, wrong


def chosen(market: Market, shown: dict[Visit, set[str]], proof: Proof) -> Iterator[Visit]:
    """Enough to see all that is said; then everything that the first pair and the others see."""
    pairs = sorted({one.pair for one in shown if one.pair})
    first: list[Visit] = []
    for pair in (*pairs, None):
        seen = set[str]().union(*(shown[one] for one in first))
        of_pair = {one: marks for one, marks in shown.items() if one.pair == pair}
        first += cover(of_pair, market.said.keys() - seen)
    letters = [one for one in shown if one.page == "demo_mail_html" and one not in first]
    first += proof.random().sample(letters, LETTERS)
    yield from first
    proof.say(f"{len(first):,} pages opened that show everything, then")
    rest = [one for one in shown if one not in first and one.pair in (pairs[0], None)]
    if proof.whole:  # first those whose second factor grows stale in ten minutes
        soon = [one for one in rest if one.who.startswith("treasurer")]
        yield from soon
        rest = [one for one in rest if one not in soon]
    yield from proof.sample(rest, least=max(1, PAGES - len(first)))


def test_what_is_said_live_is_put_in_as_words(market, proof):
    """I3: each script sent from a page by htmx, and brought to the other side by the stream."""
    there = [market.visit("thread", "working", side) for side in ("worker", "client")]
    with market.looking() as onlooker:
        for visit in there:
            onlooker.opens(visit)
        writing, reading = [onlooker.page(visit.who) for visit in there]
        for page in (writing, reading):
            page.evaluate("() => { window.stays = true }")
        lost = []
        for number, script in enumerate(proof.sample(SCRIPTS, least=3)):
            mark = f"zq98{number:02}"
            writing.locator("#talk textarea").fill(f"{mark} {script}")
            writing.locator("#talk form button[type=submit]").last.click()
            expect(writing.locator("#talk textarea")).to_have_value("")  # the next one's box

            for page in (writing, reading):
                page.locator("#talk-entries").get_by_text(mark).wait_for()
                read = onlooker.looks(page, f"{script!r} on {page.url}")
                if plain(script) not in plain(read):
                    lost.append(script)
        heard = [page.evaluate("onlooker.heard") for page in (writing, reading)]

        assert onlooker.faults == []
        assert lost == []
        assert [page.evaluate("window.stays") for page in (writing, reading)] == [True, True]
        assert {name for names in heard for name in names} == {"news"}


def test_unsent_words_come_back_as_words(market):
    """I3: a script of ours puts them into their box."""
    with market.looking() as onlooker:
        visit = market.visit("thread", "thread", "client")
        onlooker.opens(visit)
        page = onlooker.page(visit.who)
        page.locator("#talk [data-draft] p").filter(visible=True).first.wait_for()
        read = onlooker.looks(page, str(visit))

        assert "unsent-words" in market.where(in_full(read, market.said))
        assert onlooker.faults == []


def test_the_way_back_shows_nothing_once_signed_out(market):
    """I4: with the cache of pages that browsers of people have, and the service worker."""
    thread, contract = [market.visit(name, "working", "worker") for name in ("thread", "contract")]
    with market.looking() as onlooker:
        page = onlooker.window("nobody yet")
        page.goto(f"/account/login/?next={thread.path}")
        page.locator("[name=login]").fill(f"worker-mail-{thread.pair}@people.example")
        page.locator("[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("[name=password]").press("Enter")
        assert page.url.endswith(thread.path)
        page.goto(contract.path)
        page.evaluate("onlooker.renew()")
        for there, turn in ((thread, page.go_back), (contract, page.go_forward)):
            turned(page, turn)
            assert page.url.endswith(there.path)
            assert private(market, page) != set()
        assert kept(page) == []

        with page.expect_navigation():
            page.evaluate(SIGN_OUT)
        page.goto("/help/")

        passed = []
        for _ in range(4):
            turned(page, page.go_back)
            passed.append(page.url.removeprefix(market.site.url))
            assert private(market, page) == set(), page.url
            assert kept(page) == []
        asked_again = {f"/account/login/?next={one.path}" for one in (thread, contract)}
        assert asked_again < set(passed)


def turned(page: Any, turn: Any) -> None:
    """A page that the browser has kept is there at once, and loads no more."""
    turn(wait_until="commit")
    page.wait_for_timeout(500)


def private(market: Market, page: Any) -> set[str]:
    """What stands there that not everyone may read."""
    marks = set(SAID.findall(page.evaluate("onlooker.words()")))
    return market.where(marks & market.said.keys()) & PLANTED.keys()


def kept(page: Any) -> list[str]:
    return list(page.evaluate("onlooker.kept()"))


def test_a_script_that_came_to_life_would_not_run(market):
    """I4: the policy is what holds if words were ever taken for markup; and what it refuses is
    seen, or the proofs above would prove nothing."""
    with market.looking() as onlooker:
        visit = market.visit("thread", "working", "worker")
        onlooker.opens(visit)
        assert onlooker.faults == []
        page = onlooker.page(visit.who)

        ran, refused = page.evaluate("onlooker.attempts()")

        assert ran is None
        assert refused >= 5
        assert any("a report" in fault for fault in onlooker.faults)
