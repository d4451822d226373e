"""A worker's rank ready to be drawn: the path, each condition with its value, the turns it took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.jobs.catalogue.read import category
from enishi.ranks.past import Earnings
from enishi.ranks.policy import LIMITS, RANKS, TOP_SHARE, Condition, Facts
from enishi.ranks.queries import Change, Path
from enishi.web.drawing import Steps, steps
from enishi.web.formats import grouped, mean, percent, year_month, yen, ymd
from enishi.web.jinja import language

from . import ahead, words


@dataclass(frozen=True, slots=True)
class Line:
    """One condition as the `condition` component draws it. `done` of `whole` is a bar between
    `gap_from` and `gap_to`; `step` is what would meet it; `page` is where one can see to it, and
    empty once it is met."""

    name: str
    need: str
    value: str
    value_note: str
    met: bool
    done: int | None = None
    whole: int | None = None
    gap_from: str = ""
    gap_to: str = ""
    gap: str = ""
    step: str = ""
    forecast: str = ""
    page: str = ""


def stops(path: Path, expected: date | None = None) -> list[dict[str, Any]]:
    """The five ranks, with the month in which each passed one was reached last, and in which the
    next one is expected."""
    here = RANKS.index(path.rank)
    reached = {one.rank: one.at for one in reversed(path.changes) if one.name == "rose"}
    if path.since:
        reached[path.rank] = path.since
    notes = {rank: _month(reached.get(rank)) for rank in RANKS[1 : here + 1]}
    if expected and path.next_rank:
        notes[path.next_rank] = [_("expected"), *_month(expected)]
    return [
        {
            "name": str(words.RANKS[rank]),
            "state": "past" if place < here else "now" if place == here else "",
            "note": notes.get(rank, []),
        }
        for place, rank in enumerate(RANKS)
    ]


def lines(path: Path, earned: Earnings, conditions: Iterable[Condition]) -> list[Line]:
    return [_line(one, path, earned) for one in conditions]


def turns(changes: Sequence[Change], now: datetime) -> Steps | None:
    """The rank over time as a line of steps, the oldest first; None before the first turn."""
    moves = [
        (one.at, RANKS.index(one.rank)) for one in reversed(changes) if one.name in ("rose", "fell")
    ]
    return steps(moves, levels=len(RANKS), until=now) if moves else None


def _line(one: Condition, path: Path, earned: Earnings) -> Line:
    said = words.CONDITIONS[one.name]
    value, note = _value(one, path.facts)
    line = Line(
        name=said.named(LIMITS.get(one.name, "")),
        need=_need(one, said.needed(), path.facts),
        value=value,
        value_note=note,
        met=one.holds,
        step=ahead.step(one, path.facts),
        forecast=_forecast(path.forecasts.get(one.name)) if one.name in path.forecasts else "",
        page=reverse(said.page) if said.page and not one.holds else "",
    )
    if one.name == "earned":
        return _with_sums(line, path.facts, earned)
    lacks, needed = one.missing, one.needed
    if lacks is None or not isinstance(needed, int) or needed <= 1:
        return line
    gap = _("%(missing)s more") % {"missing": grouped(lacks)}
    have = one.value if isinstance(one.value, int) else 0
    ends = {"gap_from": value, "gap_to": grouped(needed), "gap": gap}
    return replace(line, done=have, whole=needed, **ends)


def _with_sums(line: Line, facts: Facts, earned: Earnings) -> Line:
    """Yen towards the last place of the top fifth, where that may be told."""
    gap = ahead.earned_step(facts, earned)
    if line.met or not gap or earned.goal is None:
        return line
    have, goal = yen(facts.earned, language()), yen(earned.goal, language())
    ends = {"gap_from": have, "gap_to": _("About %(sum)s today") % {"sum": goal}, "gap": gap}
    return replace(line, done=facts.earned, whole=earned.goal, **ends)


def _value(one: Condition, facts: Facts) -> tuple[str, str]:
    """Where one stands, and the sample it comes from."""
    if one.name == "earned":
        if not facts.earners:
            return _("nothing yet"), ""
        place = _("place %(place)s") % {"place": grouped(facts.position)}
        return place, _("of %(all)s") % {"all": grouped(facts.earners)}
    if isinstance(one.value, Fraction):
        sample = ngettext("%(num)s in all", "%(num)s in all", one.sample or 0)
        shown = mean(one.value) if one.name == "rating" else percent(one.value, 1)
        return shown, sample % {"num": one.sample}
    if one.sample is not None:
        return _("nothing yet"), ""
    if isinstance(one.value, date):
        return ymd(one.value, language()), ""
    if isinstance(one.value, int):
        return grouped(one.value), ""
    return (_("there") if one.holds else _("not there yet")), ""


def _need(one: Condition, need: str, facts: Facts) -> str:
    if one.name == "earned" and facts.category:
        where = category(facts.category).name(language())
        places = grouped(facts.earners // TOP_SHARE)
        said = _("%(category)s: place %(needed)s or better")
        return said % {"category": where, "needed": places}
    return need


def _forecast(day: date | None) -> str:
    """If nothing new happens (RA9)."""
    return ymd(day, language()) if day else "—"


def _month(at: datetime | date | None) -> list[str]:
    """In pieces that may stand on lines of their own: 2026年, 11月."""
    if at is None:
        return []
    return year_month(at, language()).replace("年", "年 ").split()
