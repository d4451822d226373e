"""M6, T4, D1, D2, D4: `kill -9` of the others. Somebody stands at a step of the way of money, of
events or of files while another part of the market is killed; and the database is killed again and
again under people who write. All comes back by itself, what was acknowledged is there once, and
what got no answer at most once.
"""

import ctypes
import os
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.proofs import harness
from tests.proofs.acting import Acting
from tests.proofs.harness import Market, until
from tests.proofs.victims import VICTIMS, is_back
from tests.proofs.walk_of_money import MAILS, UPLOADS, VISITS, Act, Talk, Walk, points, walking

BUDGET = 60
PAGES = 15.0  # seconds until pages are back, and nobody helps (D2)


def pairs() -> list[tuple[str, str]]:
    """Every point at which somebody may stand, with everyone who may be killed meanwhile. The
    points of mails are walked in a live market only, by the proof of crashes."""
    return [(point, victim) for point in points() if point not in MAILS for victim in VICTIMS]


def rounds(chance: Random) -> list[list[tuple[str, str]]]:
    """All pairs by chance, so that in each round every victim is killed once."""
    columns = []
    for victim in VICTIMS:
        column = [pair for pair in pairs() if pair[1] == victim]
        chance.shuffle(column)
        columns.append(column)
    found = [list(row) for row in zip(*columns, strict=True)]
    for row in found:
        chance.shuffle(row)
    return found


@dataclass
class Killer:
    """Kills a victim while somebody stands at a point, and sees how long it takes to come back."""

    chance: Random = field(default_factory=Random)
    victim: str = ""
    kills: int = 0
    back: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def __call__(self, walk: Walk, point: str, act: Act, of: str = "") -> None:
        market, here = walk.market, walk.market.points
        page = partial(walk.hana.get, "/messages/")
        here.hold(point, of=of)
        acting = Acting(act)
        until(lambda: here.held(point) or acting.again(), f"nobody came to {point} {of}")

        until(lambda: market.kill(VICTIMS[self.victim](market, self.chance)), self.victim)
        killed_at = time.monotonic()
        here.let_go(point)
        if self.victim == "run":
            market.run.wait()
            market.start()  # at once: whatever of its parts still goes on
        acting.end()
        until(
            lambda: is_back(market, page), f"all is back after {self.victim} was killed at {point}"
        )
        self.kills += 1
        self.back[self.victim] = max(self.back[self.victim], time.monotonic() - killed_at)


def test_every_point_of_the_source_has_its_visit():
    assert set(points()) == VISITS.keys() | UPLOADS.keys() | MAILS.keys()
    assert sorted(pair for row in rounds(Random(0)) for pair in row) == sorted(pairs())


@pytest.fixture(scope="module")
def unreaped():
    """We become the parent of everyone who loses theirs, and reap nobody: whoever is killed, the
    database's server above all, stays a zombie."""
    _adopt(1)
    yield
    _adopt(0)
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            continue


def _adopt(orphans: int) -> None:
    set_child_subreaper = 36
    assert ctypes.CDLL(None).prctl(set_child_subreaper, orphans, 0, 0, 0) == 0


@pytest.fixture(scope="module")
def killer():
    return Killer()


@pytest.fixture(scope="module")
def walk(django_db_setup, unreaped, tmp_path_factory, killer):
    with walking(tmp_path_factory.mktemp("kills") / "market", killer) as walk:
        yield walk


def test_whoever_is_killed_while_someone_stands_at_a_step_all_is_settled_within_one_sweep(
    walk, killer, proof
):
    killer.chance, slowest = proof.random(), 0.0
    kinds, plan = walk.kinds, rounds(proof.random())
    for number in proof.rounds(whole=len(plan)):
        for point, killer.victim in plan[number]:
            walk.kinds = kinds if proof.whole else [killer.chance.choice(kinds)]
            (VISITS | UPLOADS)[point](walk, point)
        slowest = max(slowest, walk.settles(time.monotonic()))
        walk.promises.clear()
    assert walk.drive("strays") == []
    back = ", ".join(f"{name} {seconds:.1f}" for name, seconds in sorted(killer.back.items()))
    proof.say(f"{killer.kills} kills, {walk.hires} hires; back after at most (s): {back}")
    proof.say(f"settled {slowest:.0f} s after the last kill of a round at the latest")


@dataclass
class Writers:
    """Hana and Ren, who write in a thread, and others who hire, fund and pay."""

    walk: Walk
    talk: Talk
    ended: threading.Event = field(default_factory=threading.Event)
    paid: list[int] = field(default_factory=list)

    def talks(self, person: httpx.Client) -> None:
        while not self.ended.is_set():
            if not self.talk.write(person):
                time.sleep(0.1)

    def trade(self) -> None:
        """Paid is what the provider has acknowledged: nobody may have paid for nothing."""
        drive = self.walk.market.driver()
        try:
            for number in count():
                if self.ended.is_set():
                    break
                with suppress(httpx.HTTPError, AssertionError):
                    milestone = drive("hire", worker=f"W{number}")["milestone"]
                    self.walk.pay(drive("fund", milestone=milestone))
                    self.paid.append(milestone)
        finally:
            drive.end()

    @contextmanager
    def at_work(self, *sessions: httpx.Client) -> Iterator[None]:
        threads = [threading.Thread(target=self.talks, args=[person]) for person in sessions]
        threads.append(threading.Thread(target=self.trade))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.ended.set()
            for thread in threads:
                thread.join(harness.PATIENCE)


@contextmanager
def orphaned(market: Market, backend: int) -> Iterator[None]:
    """It stands still and notices nothing; should it be left over, it may notice in the end."""
    assert not backend or market.kill(backend, signal.SIGSTOP)
    try:
        yield
    finally:
        market.kill(backend, signal.SIGCONT)


def is_zombie(pid: int) -> bool:
    with suppress(OSError):
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    return False


def test_a_database_killed_again_and_again_is_back_by_itself_and_has_forgotten_nothing(walk, proof):
    """Each second time an orphan is left that cannot notice that its server is gone."""
    market, chance = walk.market, proof.random()
    writers, took = Writers(walk, walk.thread()), []
    with writers.at_work(walk.hana, walk.ren, walk.hana):
        for number in proof.rounds(least=3, whole=25):
            time.sleep(chance.uniform(1, 3))
            killed = market.postmaster()
            with orphaned(market, chance.choice(market.backends()) if number % 2 else 0):
                assert market.kill(killed)
                took.append(until(lambda was=killed: serves_anew(walk, was), "pages", PAGES))
            assert is_zombie(killed), "nobody reaps it"
    for milestone in writers.paid:
        walk.promise("paid", milestone, "milestone.funded", status="funded")
    settled = walk.settles(time.monotonic())
    talk = writers.talk
    proof.say(f"{len(took)} kills: pages back after {max(took):.1f} s at the latest")
    proof.say(
        f"{len(talk.acknowledged):,} entries and {len(writers.paid)} payments acknowledged, none"
        f" lost; {len(talk.unknown)} without an answer; settled after {settled:.0f} s"
    )


def serves_anew(walk: Walk, killed: int) -> bool:
    """Another server runs, and a page that needs it answers."""
    if walk.market.postmaster() in (0, killed):
        return False
    try:
        return walk.hana.get("/messages/", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
