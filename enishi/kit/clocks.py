"""What a waiting state must declare: whose turn, which steps come when, what happens at the end.

Pure. The columns stand in `waiting.py`, the sweep in `events/sweep.py`, the list in wiring.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .days import business_days_after

Spans = Callable[[datetime, datetime], datetime]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens while a state waits. `when` takes (waiting_since, due_at)."""

    name: str
    when: Spans
    says: str = ""  # English sentence id: what this step does
    comes: str = ""  # English: when. It names numbers as `Rules.fill` wants them


@dataclass(frozen=True, slots=True)
class Clock:
    """A waiting state. `outcome` is the step that ends the wait; the others remind."""

    rule: str
    subject: str  # model label, e.g. "contracts.Contract"
    state: str
    owner: str  # client | worker | both | office
    steps: tuple[Step, ...]
    outcome: str
    says: str = ""  # English sentence id, without numbers: what happens if nobody acts
    lasts: str = ""  # English: how long, with numbers named as `Rules.fill` wants them

    def plan(self, since: datetime, due: datetime) -> list[tuple[datetime, str]]:
        """The steps in their declared order. A reminder that would not come before the next
        step is left out (product.md 6)."""
        kept: list[tuple[datetime, str]] = []
        for step in reversed(self.steps):
            when = step.when(since, due)
            if not kept or when < kept[-1][0]:
                kept.append((when, step.name))
        return kept[::-1]

    def first(self, since: datetime, due: datetime) -> datetime:
        """When the first step falls that lies after the start."""
        return self.next_after(since, since, due)

    def next_after(self, at: datetime, since: datetime, due: datetime) -> datetime:
        coming = [when for when, _ in self.plan(since, due) if when > at]
        return coming[0] if coming else due

    def due_steps(
        self, next_at: datetime, at: datetime, since: datetime, due: datetime
    ) -> list[str]:
        """Steps whose time has come, the earliest first. A reminder that would come together
        with a later step is left out (product.md 6), so callers act on the last one."""
        return [name for when, name in self.plan(since, due) if next_at <= when <= at]


def at_due(since: datetime, due: datetime) -> datetime:
    return due


def after_business_days(days: int) -> Spans:
    return lambda since, due: business_days_after(since, days)


def ending(outcome: str, says: str, *reminders: Step, **facts: str) -> Clock:
    """The usual clock: reminders, and one end when the time is over, which `says` describes.
    `facts` are the other fields of Clock."""
    steps = (*reminders, Step(outcome, at_due, says))
    return Clock(steps=steps, outcome=outcome, says=says, **facts)
