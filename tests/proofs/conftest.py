"""One proof is one file `test_NAME.py`. Sampled by seed within a budget, or whole (`--whole`).

A file states the seconds of its sample as `BUDGET = 30`; its tests share them evenly.
"""

import random
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).parents[2]
Item = TypeVar("Item")
_seconds: dict[str, float] = defaultdict(float)
_said: list[str] = []


@dataclass(slots=True)
class Proof:
    """How much of a proof is to be done, and by which chance."""

    name: str
    seed: str
    whole: bool
    budget: float
    started: float = field(default_factory=time.monotonic)

    def random(self) -> random.Random:
        """Chance that a replay with the same seed repeats."""
        return random.Random(f"{self.seed}:{self.name}")

    def sample(self, items: Iterable[Item], *, least: int = 1) -> Iterator[Item]:
        """All of them, or in random order as many as the budget allows, but `least`."""
        rows = list(items)
        self.random().shuffle(rows)
        done = 0
        for done, row in enumerate(rows, 1):  # counted for the report
            yield row
            if done >= least and self.is_over():
                break
        self.say(f"{done:,} of {len(rows):,}")

    def rounds(self, *, least: int = 1, whole: int) -> Iterator[int]:
        """Numbers from 0: `whole` of them, or as many as the budget allows, but `least`."""
        done = 0
        for number in range(whole):
            if number >= least and not self.whole and self.is_over():
                break
            yield number
            done += 1
        self.say(f"{done:,} of {whole:,} rounds")

    def is_over(self) -> bool:
        return not self.whole and time.monotonic() - self.started >= self.budget

    def say(self, what: str) -> None:
        """A line for the report at the end: what was done, or a figure that was measured."""
        _said.append(f"{self.name}: {what}")


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Proof:
    options, module = request.config.option, request.module
    tests = [item for item in request.session.items if item.module is module]
    budget = options.budget or getattr(module, "BUDGET", 30)
    name = f"{module.__name__.rpartition('test_')[2]}.{request.node.name}"
    return Proof(name, options.seed or _commit(), options.whole, budget / len(tests))


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "none"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _seconds[Path(report.location[0]).stem.removeprefix("test_")] += report.duration


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.section("proofs")
    terminalreporter.line(f"seed {config.option.seed or _commit()}")
    for line in _said:
        terminalreporter.line(line)
    for name, seconds in _seconds.items():
        terminalreporter.line(f"{seconds:7.1f} s  {name}")
