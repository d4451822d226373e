"""The pictures beside a worker's own rank: earnings, ratings and replies over the months, each with
its table and what the rank asks for (RA9)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.ranks import course, forecast
from enishi.ranks.course import Point, Year
from enishi.ranks.past import Earnings
from enishi.ranks.policy import LIMITS, RATING_LEAST, REPLIES_LEAST
from enishi.ranks.queries import Path
from enishi.web import drawing
from enishi.web.formats import grouped, mean, percent, year_month, yen
from enishi.web.jinja import language

FEW = 3  # as trust cards have it: so many say too little
BEHIND, AHEAD = 11, 4  # months before this one, and from it on
LOWEST_RATING, HIGHEST_RATING = 1, 5


@dataclass(frozen=True, slots=True)
class Chart:
    """A trend as `trend_chart` draws it. `rows` are its table: (when, value, sample); `is_few`: its
    last dot is hollow."""

    title: str
    lead: str
    drawn: drawing.Trend
    axis: list[str]  # beside the lines of the grid
    labels: list[str]
    rows: list[tuple[str, str, str]]
    heads: tuple[str, str, str]
    goal: str = ""
    note: str = ""
    is_few: bool = False


@dataclass(frozen=True, slots=True)
class Months:
    """Earnings by month as `columns_chart` draws them."""

    points: list[tuple[str, int, str]]
    rows: list[tuple[str, str]]


def trends(path: Path, earned: Earnings, today: date) -> list[Chart]:
    """Those for which there is anything to draw."""
    drawn = (year_earned(earned, today), ratings(path, today), replies(path, today))
    return [one for one in drawn if one]


def months(earned: Earnings, today: date) -> Months:
    """This month is filled; it goes up to today."""
    found = course.by_month(earned.paid, today)
    last = found[-1][0]
    return Months(
        [(str(month.month), paid, "now" if month == last else "") for month, paid, _many in found],
        [
            (_month(month), f"{yen(paid, language())} {_times(many)}".strip())
            for month, paid, many in found
        ],
    )


def year_earned(earned: Earnings, today: date) -> Chart | None:
    """What a year brought, month by month, beside what the top fifth asks for today."""
    course_of = course.years(earned.paid, today)
    if not any(one.yen for one in course_of):
        return None
    goal = earned.goal
    top = drawing.nice_top(max([*(one.yen for one in course_of), goal or 0]))
    now = sum(not one.is_ahead for one in course_of) - 1
    return Chart(
        title=_("Earnings of a year"),
        lead=_("Dotted: if the pace of the last 90 days goes on."),
        drawn=drawing.trend([one.yen for one in course_of], now=now, low=0, high=top, goal=goal),
        axis=[grouped(int(top * part / 2)) for part in range(3)],
        labels=_labels([one.on for one in course_of], now),
        rows=[(_when(one, today), yen(one.yen, language()), "") for one in course_of],
        heads=(_("Up to"), _("Earnings of 365 days"), ""),
        goal=_("About %(sum)s today") % {"sum": yen(goal, language())} if goal else "",
        note="" if goal else _no_goal(),
    )


def ratings(path: Path, today: date) -> Chart | None:
    """The average as it was at the end of each month, and as it will be if nothing new comes."""
    days = course.month_ends(today, behind=BEHIND, ahead=AHEAD)
    found = course.points(path.past.ratings, days, span=course.A_YEAR, measured=forecast.rated)
    found = _as_told(found, path, "rating", today)
    lowest = min((point.measure.value for point in found if point.measure.value), default=None)
    if lowest is None:
        return None
    low = 3 if lowest >= 3 else LOWEST_RATING
    return _chart(
        found,
        today,
        title=_("Average rating"),
        lead=_("Of 365 days each. Dotted: if nothing new comes."),
        low=low,
        high=HIGHEST_RATING,
        goal=RATING_LEAST,
        limit=LIMITS["rating"],
        shown=mean,
        marked=lambda value: f"{value:g}",
    )


def replies(path: Path, today: date) -> Chart | None:
    """The share answered within a day, over the window that ends on each day."""
    days = course.month_ends(today, behind=BEHIND, ahead=AHEAD)
    span = timedelta(days=settings.RULES.reply_window_days)
    found = course.points(path.past.answers, days, span=span, measured=forecast.answered)
    found = _as_told(found, path, "replies", today)
    if not any(point.measure.sample for point in found):
        return None
    lead = _("Of %(days)s days each, within %(hours)s hours. Dotted: if nothing new comes.")
    rules = {"days": settings.RULES.reply_window_days, "hours": settings.RULES.reply_hours}
    return _chart(
        found,
        today,
        title=_("Answered in time"),
        lead=lead % rules,
        low=0,
        high=1,
        goal=REPLIES_LEAST,
        limit=LIMITS["replies"],
        shown=lambda value: percent(float(value)),
        marked=percent,
    )


def _as_told(found: Sequence[Point], path: Path, name: str, today: date) -> list[Point]:
    """Today's figure is that of the condition: what still waits for an answer is not late yet."""
    (one,) = (condition for condition in path.conditions if condition.name == name)
    value = one.value if isinstance(one.value, Fraction) else None
    told = Point(today, forecast.Measure(value, one.sample or 0))
    return [told if point.on == today else point for point in found]


def _chart(
    found: Sequence[Point],
    today: date,
    *,
    title: str,
    lead: str,
    low: float,
    high: float,
    goal: Fraction,
    limit: str,
    shown: Callable[[Fraction], str],
    marked: Callable[[float], str],
) -> Chart:
    values = [None if one.measure.value is None else float(one.measure.value) for one in found]
    now = next(place for place, one in enumerate(found) if one.on == today)
    return Chart(
        title=title,
        lead=lead,
        drawn=drawing.trend(values, now=now, low=low, high=high, goal=float(goal)),
        axis=[marked(low), marked((low + high) / 2), marked(high)],
        labels=_labels([one.on for one in found], now),
        rows=[
            (
                _on(one.on, today),
                "—" if one.measure.value is None else shown(one.measure.value),
                _times(one.measure.sample),
            )
            for one in found
        ],
        heads=(_("Up to"), title, _("Of how many")),
        goal=_("Needed: %(limit)s") % {"limit": limit},
        is_few=found[now].measure.sample <= FEW,
    )


def _no_goal() -> str:
    words = _("What Certified asks for is told once %(num)s people earn in this category.")
    return words % {"num": course.TOLD_FROM}


def _labels(days: Sequence[date], now: int) -> list[str]:
    """Every second month, counted from today, so that they stand apart on a phone."""
    return [str(day.month) if (place - now) % 2 == 0 else "" for place, day in enumerate(days)]


def _when(one: Year, today: date) -> str:
    return _on(one.on, today)


def _on(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    said = _("End of %(month)s, expected") if day > today else _("End of %(month)s")
    return said % {"month": _month(day)}


def _month(day: date) -> str:
    return year_month(day, language())


def _times(many: int) -> str:
    return ngettext("%(num)s in all", "%(num)s in all", many) % {"num": many} if many else ""
