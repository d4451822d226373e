"""How a worker's figures went over the last months, how they go on, and what would move them: the
pictures and sentences beside the conditions (RA9). Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from .forecast import Answer, Deal, Measure, Rating
from .policy import TOP_SHARE

A_YEAR = timedelta(days=365)
PACE = timedelta(days=90)  # what was earned in these days is taken to go on
BEHIND, AHEAD = 11, 12  # months before this one, and after it, that are looked at
TOLD_FROM = 10  # earners: with fewer, the sum to reach would be what one known person earned
DIGITS = 2  # of that sum; the rest is rounded up


@dataclass(frozen=True, slots=True)
class Point:
    """A figure as it was, is or will be at the end of a day."""

    on: date
    measure: Measure


@dataclass(frozen=True, slots=True)
class Paid:
    """Yen released on this day, before the fee."""

    on: date
    yen: int


@dataclass(frozen=True, slots=True)
class Year:
    """What the 365 days up to this one brought; `is_ahead` where it is reckoned by the pace."""

    on: date
    yen: int
    is_ahead: bool = False


def month_ends(today: date, *, behind: int, ahead: int) -> list[date]:
    """The last days of the months before this one, today, and the last days of this month and those
    after it."""
    first = today.year * 12 + today.month - 1
    ends = [_end(first + step) for step in range(-behind, ahead)]
    return [*[one for one in ends if one < today], today, *[one for one in ends if one > today]]


def points(
    dated: Sequence[Deal] | Sequence[Rating] | Sequence[Answer],
    days: Sequence[date],
    *,
    span: timedelta,
    measured: Callable[..., Measure],
) -> list[Point]:
    """On each of these days, from what lies within the span that ends with it."""
    return [
        Point(day, measured(one for one in dated if day - span <= one.on <= day)) for day in days
    ]


def by_month(paid: Sequence[Paid], today: date) -> list[tuple[date, int, int]]:
    """Twelve months, the last of them this one: (first day, yen, payments)."""
    last = today.year * 12 + today.month - 1
    found = []
    for number in range(last - BEHIND, last + 1):
        own = [one.yen for one in paid if one.on.year * 12 + one.on.month - 1 == number]
        found.append((date(number // 12, number % 12 + 1, 1), sum(own), len(own)))
    return found


def years(paid: Sequence[Paid], today: date) -> list[Year]:
    """What a year had brought at the end of each month, and will have, if the pace of the last 90
    days goes on. Without anything earned in these days nothing is reckoned ahead."""
    known = [Year(day, _within(paid, day)) for day in month_ends(today, behind=BEHIND, ahead=0)]
    recent = sum(one.yen for one in paid if today - PACE < one.on <= today)
    if not recent:
        return known
    return [
        *known,
        *(
            Year(day, _within(paid, day) + recent * (day - today).days // PACE.days, True)
            for day in month_ends(today, behind=0, ahead=AHEAD)
            if day > today
        ),
    ]


def pace(paid: Sequence[Paid], today: date) -> int:
    """Yen in thirty days, as the last ninety went."""
    return sum(one.yen for one in paid if today - PACE < one.on <= today) * 30 // PACE.days


def threshold(yen: int | None, earners: int) -> int | None:
    """The sum to reach for the top fifth: what the last of them earned, rounded up, so that it
    says about what is needed and not what one person earned. None where too few earn."""
    if yen is None or earners < TOLD_FROM:
        return None
    step = 10 ** max(len(str(yen)) - DIGITS, 0)
    return -(-yen // step) * step


def last_place(earners: int) -> int:
    """The position that is just of the top fifth."""
    return earners // TOP_SHARE


def reached_on(course: Sequence[Year], goal: int) -> date | None:
    """The end of the first month ahead in which a year's earnings come to the goal."""
    return next((one.on for one in course if one.is_ahead and one.yen >= goal), None)


def still_needed(part: Fraction, whole: int, *, best: int, least: Fraction) -> int:
    """How many more of the best kind bring the mean to `least`; with no sample yet, one."""
    return max(ceil((least * whole - part) / (best - least)), 0 if whole else 1)


def room(part: Fraction, whole: int, *, worst: int, least: Fraction) -> int:
    """How many of this worse kind may come before the mean falls below `least`."""
    return max(floor((part - least * whole) / (least - worst)), 0)


def _within(paid: Sequence[Paid], day: date) -> int:
    return sum(one.yen for one in paid if day - A_YEAR <= one.on <= day)


def _end(number: int) -> date:
    """The last day of the month with this number since year 0."""
    following = number + 1
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)
