"""How close two accounts are, as facts that can be said in words (KN1). Pure.

Only what is known counts: work that was paid. A community of both, a meeting by video and an
introduction by somebody whom both know will each be a fact here once there is one to read.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Closeness:
    """What two people have behind them. `times` counts contracts of which something was paid, in
    either role; `last_at` is when the last of them was over."""

    times: int = 0
    last_at: datetime | None = None

    @property
    def has_worked(self) -> bool:
        return self.times > 0


STRANGERS = Closeness()


def nearness(of: Closeness) -> tuple[int, float]:
    """The larger, the closer: how often, and of two alike how recently."""
    return of.times, of.last_at.timestamp() if of.last_at else 0.0
