"""One run, or the next piece of one: clients, kills, the oracle at every restart and at the end."""

import json
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.proofs.harness import ROOT, Market, until

from . import log
from .killer import Killer
from .market import ask, inside, opened

CLIENTS = 8
REST = 600.0  # seconds in which what is on its way has to arrive, the queue of a long run included
QUIET = 15.0  # seconds; what still waits then may wait for the market's clock
FIRST_KILL, LAST_KILL = 0.02, 0.98  # of all acts
LOOK = 0.2  # seconds


@dataclass
class Wish:
    """What is asked for: acts and kills in all, those of former pieces included."""

    layer: str
    ops: int
    kills: int
    seed: str
    budget: float = 0.0  # seconds for this piece; 0: until all is done


@dataclass
class Report:
    """What was done in all pieces so far, and what was found at the end."""

    layer: str
    seed: str
    ops: int = 0
    seconds: float = 0.0
    kills: dict[str, int] = field(default_factory=dict)
    back: dict[str, float] = field(default_factory=dict)
    checks: int = 0  # how often the books were checked in between
    answers: dict[str, int] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)  # acknowledged, by kind
    size: dict[str, int] = field(default_factory=dict)
    settled: float = 0.0  # seconds after the last act
    faults: list[str] = field(default_factory=list)

    def killed(self) -> int:
        return sum(self.kills.values())


def run(state: Path, wish: Wish) -> Report:
    """Raises AssertionError when a part does not come back or nothing settles."""
    (state / "log").mkdir(parents=True, exist_ok=True)
    report = _kept(state, wish)
    with opened(state) as market:
        if wish.layer == "http":
            (state / "sessions.json").write_text(json.dumps(ask(market, "entrance")))
        _act(state, market, wish, report)
        _settle(state, market, report)
    _count(state, report)
    (state / "report.json").write_text(json.dumps(asdict(report), indent=2))
    return report


def _kept(state: Path, wish: Wish) -> Report:
    path = state / "report.json"
    if not path.exists():
        return Report(wish.layer, wish.seed)
    kept = Report(**json.loads(path.read_text()))
    assert (kept.layer, kept.seed) == (wish.layer, wish.seed), f"{state} is of another run"
    kept.faults = []
    return kept


def _act(state: Path, market: Market, wish: Wish, report: Report) -> None:
    former = report.killed()
    # Each piece has chances of its own; the first is that of the seed alone.
    chance = Random(f"{wish.seed}:{report.ops}")
    killer = Killer(market, wish.layer, chance)
    with _clients(state, market, wish, killer) as acting:
        # Eight processes begin at once: the time for acts counts from the first of them.
        before = log.done(state / "log")
        until(lambda: log.done(state / "log") > before or not acting(), "somebody acts")
        began = time.monotonic()
        for share in _plan(wish, former):
            while acting() and not _is_due(state, wish, share, began):
                time.sleep(LOOK)
            if not acting() or _is_over(wish, began):
                break
            killer.trouble()
            killer.strike()
            with _held(state, log.done(state / "log") >= wish.ops * (share + 1 / wish.kills)):
                faults = ask(market, "oracle", "books", str(state))["faults"]
            assert not faults, faults
            report.checks += 1
            _add(report, killer)
            killer.kills.clear()
        while acting() and not _is_over(wish, began):
            time.sleep(LOOK)
        killer.calm()
    report.seconds += time.monotonic() - began


@contextmanager
def _held(state: Path, is_behind: bool) -> Iterator[None]:
    """The clients wait while the books are checked, if the acts would be over before the kills."""
    hold = state / log.HOLD
    if is_behind:
        hold.touch()
    try:
        yield
    finally:
        hold.unlink(missing_ok=True)


def _plan(wish: Wish, former: int) -> Iterator[float]:
    """The part of all acts before each kill that is still to come: spread evenly."""
    for number in range(former, wish.kills):
        yield FIRST_KILL + (LAST_KILL - FIRST_KILL) * number / max(wish.kills - 1, 1)


def _is_due(state: Path, wish: Wish, share: float, began: float) -> bool:
    """A piece with a budget spreads its kills over the time, if that is over first."""
    if wish.budget and time.monotonic() - began >= wish.budget * share:
        return True
    return log.done(state / "log") >= wish.ops * share


def _is_over(wish: Wish, began: float) -> bool:
    return bool(wish.budget) and time.monotonic() - began > wish.budget


def _add(report: Report, killer: Killer) -> None:
    for name, times in killer.kills.items():
        report.kills[name] = report.kills.get(name, 0) + times
    for name, seconds in killer.back.items():
        report.back[name] = round(max(report.back.get(name, 0.0), seconds), 1)


@contextmanager
def _clients(state: Path, market: Market, wish: Wish, killer: Killer) -> Iterator[Any]:
    """All clients; those that were killed are started again whenever one asks who still acts."""
    share = wish.ops // CLIENTS
    stop = state / "stop"
    for former in (stop, state / log.HOLD):
        former.unlink(missing_ok=True)
    with (state / "clients.log").open("ab") as said:

        def start(number: int) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                inside("client", wish.layer, str(state), str(number), str(share), wish.seed),
                env=market.environment,
                cwd=ROOT,
                stderr=said,
            )

        killer.clients[:] = [start(number) for number in range(CLIENTS)]

        def acting() -> bool:
            for number, process in enumerate(killer.clients):
                code = process.poll()
                assert code in (None, 0, -9), f"client {number} failed: {state / 'clients.log'}"
                if code == -9:  # SIGKILL
                    killer.clients[number] = start(number)
            return any(process.poll() is None for process in killer.clients)

        try:
            yield acting
            stop.touch()
            for process in killer.clients:
                process.wait(timeout=120)
        finally:
            for process in killer.clients:
                process.kill()
                process.wait()


def _settle(state: Path, market: Market, report: Report) -> None:
    began = moved = time.monotonic()
    while True:
        said = ask(market, "oracle", report.layer, str(state))
        report.settled = round(time.monotonic() - began, 1)
        if not said["left"] or report.settled > REST:
            break
        if time.monotonic() - moved > QUIET:
            ask(market, "patience", str(state))
            moved = time.monotonic()
        time.sleep(LOOK)
    report.size = said["size"]
    report.faults = [*said["faults"], *(f"still on its way: {one}" for one in said["waiting"])]


def _count(state: Path, report: Report) -> None:
    answers: Counter[str] = Counter()
    acts: Counter[str] = Counter()
    for op in log.ops(state / "log"):
        answers[op.answer] += 1
        if op.answer == log.ACK:
            acts[op.name] += 1
    report.ops = sum(answers.values())
    report.answers, report.acts = dict(answers.most_common()), dict(acts.most_common())
