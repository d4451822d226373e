"""Where things stand in the pictures the server draws. Pure: values in, places out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

NEAR, SOON = timedelta(hours=36), timedelta(hours=72)
DIAL = 18.8  # the circumference of the dial's filled half-radius
FULL_DIAL = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class ClockFace:
    """How urgent a clock looks, and how much of its dial is left."""

    level: str  # "" | soon | near
    dial: str


def clock_face(due_at: datetime, now: datetime, since: datetime | None = None) -> ClockFace:
    """Without a start the dial shows up to fifteen days, so that two clocks can be compared."""
    gap = due_at - now
    level = "near" if gap <= NEAR else "soon" if gap <= SOON else ""
    whole = max(due_at - since, timedelta(seconds=1)) if since else FULL_DIAL
    share = min(max(gap / whole, 0.04), 1.0)
    return ClockFace(level, f"{share * DIAL:.1f}")


@dataclass(frozen=True, slots=True)
class Market:
    low: int
    median: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class YenBar:
    """Places on the yen-per-hour bar, in percent of its width."""

    start: float
    width: float
    market_start: float = 0
    market_width: float = 0
    median: float = 0
    floor: float | None = None


def yen_bar(low: int, high: int, market: Market | None = None, floor: int | None = None) -> YenBar:
    values = [
        low,
        high,
        *([market.low, market.high] if market else []),
        *([floor] if floor else []),
    ]
    left, right = min(values) * 0.72, max(values) * 1.12

    def place(value: float) -> float:
        return round((value - left) / max(right - left, 1) * 100, 1)

    start = place(low)
    floor_at = place(floor) if floor else None
    width = round(place(high) - start, 1)
    if market is None:
        return YenBar(start, width, floor=floor_at)
    begin = place(market.low)
    reach = round(place(market.high) - begin, 1)
    return YenBar(start, width, begin, reach, place(market.median), floor_at)


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    value: int
    state: str  # "" | now | next
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    columns: list[Column]
    lines: list[tuple[float, int]]  # (y, value) of the grid


CHART_WIDTH, CHART_HEIGHT, CHART_TOP, CHART_LEFT = 360, 180, 18, 52


def nice_top(value: int) -> int:
    """The first round number at or above the largest value: 1, 2 or 5 with zeros."""
    step = 1
    while step * 10 < value:
        step *= 10
    return next(top for top in (step, step * 2, step * 5, step * 10) if top >= value)


def columns(points: Sequence[tuple[str, int, str]]) -> Columns:
    """A column chart of (label, value, state) in a box of 360 × 200."""
    top = nice_top(max([value for _, value, _ in points] or [1]) or 1)
    tall = CHART_HEIGHT - CHART_TOP
    step = (CHART_WIDTH - CHART_LEFT) / max(len(points), 1)
    drawn = []
    for place, (label, value, state) in enumerate(points):
        height = round(value / top * tall, 1)
        x = round(CHART_LEFT + place * step + step * 0.18, 1)
        y = round(CHART_HEIGHT - height, 1)
        drawn.append(Column(label, value, state, x, y, round(step * 0.64, 1), height))
    lines = [(round(CHART_HEIGHT - tall * part / 2, 1), top * part // 2) for part in (1, 2)]
    return Columns(drawn, lines)


STEPS_WIDTH, STEPS_LEFT = 360, 84


@dataclass(frozen=True, slots=True)
class Steps:
    """A line that stays level between turns, in a box of 360 × 200."""

    points: str  # of an SVG polyline
    levels: list[float]  # the y of each level, the lowest first
    marks: list[tuple[float, datetime]]  # (x, when) of the first turn and of the end
    end: tuple[float, float]


def steps(turns: Sequence[tuple[datetime, int]], *, levels: int, until: datetime) -> Steps:
    """`turns` are (when, level from then on), the oldest first; before the first it was level 0."""
    tall = CHART_HEIGHT - CHART_TOP
    heights = [round(CHART_HEIGHT - tall * level / (levels - 1), 1) for level in range(levels)]
    began = turns[0][0]
    whole = max((until - began).total_seconds(), 1.0)
    left = STEPS_LEFT

    def across(when: datetime) -> float:
        return round(left + (STEPS_WIDTH - left) * (when - began).total_seconds() / whole, 1)

    drawn, before = [(float(left), heights[0])], heights[0]
    for when, level in turns:
        drawn += [(across(when), before), (across(when), heights[level])]
        before = heights[level]
    drawn.append((float(STEPS_WIDTH), before))
    points = " ".join(f"{x},{y}" for x, y in drawn)
    return Steps(points, heights, [(float(left), began), (float(STEPS_WIDTH), until)], drawn[-1])


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure over time beside what it should be, in a box of 360 × 200."""

    before: list[str]  # points of SVG polylines; a gap where there was no figure
    after: list[str]
    now: tuple[float, float] | None
    goal: float | None
    lines: list[tuple[float, float]]  # (y, value) of the grid
    places: list[float]  # the x of each figure


def trend(
    values: Sequence[float | None],
    *,
    now: int,
    low: float,
    high: float,
    goal: float | None = None,
) -> Trend:
    """`values` at equal distances; that at place `now` is today's, those after it are expected."""
    tall, wide = CHART_HEIGHT - CHART_TOP, CHART_WIDTH - CHART_LEFT - 8
    step = wide / max(len(values) - 1, 1)
    places = [round(CHART_LEFT + place * step, 1) for place in range(len(values))]

    def height(value: float) -> float:
        share = (min(max(value, low), high) - low) / max(high - low, 1e-9)
        return round(CHART_HEIGHT - tall * share, 1)

    spots = [
        None if value is None else (x, height(value))
        for x, value in zip(places, values, strict=True)
    ]
    return Trend(
        before=_lines(spots[: now + 1]),
        after=_lines(spots[now:]),
        now=spots[now],
        goal=None if goal is None else height(goal),
        lines=[(height(value), value) for value in (low, (low + high) / 2, high)],
        places=places,
    )


def _lines(spots: Sequence[tuple[float, float] | None]) -> list[str]:
    """Runs of two and more."""
    runs: list[list[str]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(f"{spot[0]},{spot[1]}")
    return [" ".join(run) for run in runs if len(run) > 1]
