"""On which day a condition of silver comes to hold if nothing new happens, because something old
drops out of its span (RA9). Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .policy import COMPLETED_LEAST, RATING_LEAST, REPLIES_LEAST

A_YEAR, REPLY_DAYS = timedelta(days=365), 90
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deal:
    """A finished contract. `order` is the same for all contracts of one order (RA7)."""

    on: date  # agreed
    order: object
    is_faulted: bool


@dataclass(frozen=True, slots=True)
class Rating:
    on: date  # published
    order: object
    overall: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that was asked on this day, and whether it was answered within 24 hours."""

    on: date
    is_within: bool


@dataclass(frozen=True, slots=True)
class History:
    deals: Sequence[Deal] = ()
    ratings: Sequence[Rating] = ()
    answers: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A share or a mean, and of how many. Without a sample there is no value."""

    value: Fraction | None
    sample: int


def days(history: History, *, today: date, reply_days: int = REPLY_DAYS) -> dict[str, date | None]:
    """For each condition of silver the first day after today on which it holds; None: on none."""
    reply_span = timedelta(days=reply_days)
    return {
        "completed": _first(history.deals, A_YEAR, today, completed_enough),
        "rating": _first(history.ratings, A_YEAR, today, rated_enough),
        "replies": _first(history.answers, reply_span, today, answered_enough),
    }


def completed_enough(deals: Iterable[Deal]) -> bool:
    return _reaches(completed(deals), COMPLETED_LEAST)


def rated_enough(ratings: Iterable[Rating]) -> bool:
    return _reaches(rated(ratings), RATING_LEAST)


def answered_enough(answers: Iterable[Answer]) -> bool:
    return _reaches(answered(answers), REPLIES_LEAST)


def completed(deals: Iterable[Deal]) -> Measure:
    """The share of orders that were completed. One failed contract fails its order."""
    failed: dict[object, bool] = {}
    for deal in deals:
        failed[deal.order] = failed.get(deal.order, False) or deal.is_faulted
    return _mean([Fraction(not is_faulted) for is_faulted in failed.values()])


def rated(ratings: Iterable[Rating]) -> Measure:
    """The mean of the orders' means."""
    by_order: dict[object, list[int]] = defaultdict(list)
    for rating in ratings:
        by_order[rating.order].append(rating.overall)
    return _mean([Fraction(sum(one), len(one)) for one in by_order.values()])


def answered(answers: Iterable[Answer]) -> Measure:
    """The share that was answered in time."""
    return _mean([Fraction(answer.is_within) for answer in answers])


def _mean(values: Sequence[Fraction]) -> Measure:
    whole = len(values)
    return Measure(sum(values, Fraction(0)) / whole if whole else None, whole)


def _reaches(measure: Measure, least: Fraction) -> bool:
    return measure.value is not None and measure.value >= least


def _first(
    dated: Sequence[Deal] | Sequence[Rating] | Sequence[Answer],
    span: timedelta,
    today: date,
    holds: Callable[..., bool],
) -> date | None:
    """Only a day on which something drops out can change the answer."""
    leaving = sorted({one.on + span + DAY for one in dated if one.on + span + DAY > today})
    for day in leaving:
        if holds(one for one in dated if one.on >= day - span):
            return day
    return None
