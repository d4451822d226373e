"""Several ways of doing the same, measured in turns: a busy machine is busy for all."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the spread in which it was seen."""

    least: float
    median: float
    most: float

    @classmethod
    def of(cls, seen: Sequence[float]) -> "Figure":
        return cls(min(seen), statistics.median(seen), max(seen))

    def written(self) -> str:
        return f"{number(self.least)}…{number(self.most)}"


@dataclass(frozen=True, slots=True)
class Result:
    """What a benchmark found. `ratio`: how many times the bare program's cost."""

    name: str
    value: Figure
    unit: str
    goal: str
    is_met: bool
    ratio: Figure | None = None
    notes: Sequence[str] = field(default_factory=tuple)

    def as_json(self) -> dict[str, object]:
        ratio = round(self.ratio.median, 3) if self.ratio else None
        value = float(f"{self.value.median:.4g}")
        return {"value": value, "unit": self.unit, "ratio": ratio, "goal": self.goal}


def in_turns(*acts: Callable[[], float], rounds: int) -> tuple[list[float], ...]:
    """Each round asks all, in an order that turns about; one round before does not count."""
    for act in acts:
        act()
    found: tuple[list[float], ...] = tuple([] for _ in acts)
    for turn in range(rounds):
        sides = list(zip(found, acts, strict=True))
        for seen, act in sides if turn % 2 else reversed(sides):
            seen.append(act())
    return found


def number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
