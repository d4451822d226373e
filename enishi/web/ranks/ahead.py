"""What would bring the next rank, and what would cost the present one, in words (RA9)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.ranks import course, policy
from enishi.ranks.past import Earnings
from enishi.ranks.policy import (
    COMPLETED_LEAST,
    LIMITS,
    RATING_LEAST,
    REPLIES_LEAST,
    Condition,
    Facts,
)
from enishi.ranks.queries import Path
from enishi.web.formats import grouped, year_month, yen, ymd
from enishi.web.jinja import language

BEST, GOOD = 5, 4  # stars


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the next rank comes, as one great word and what it rests on."""

    great: str
    why: str
    moves: list[tuple[str, str]]  # what brings it forward, and what that is worth
    on: date | None = None


def step(one: Condition, facts: Facts) -> str:
    """The shortest way to a condition that does not hold; empty where there is none to tell."""
    told = {"completed": _completed, "rating": _rated, "replies": _replied}.get(one.name)
    return told(facts) if told and not one.holds else ""


def earned_step(facts: Facts, earned: Earnings) -> str:
    """How many yen are missing to the last place of the top fifth, where that may be told."""
    if earned.goal is None or earned.goal <= facts.earned:
        return ""
    words = _("About %(sum)s more come to place %(place)s of today.")
    place = grouped(course.last_place(facts.earners))
    return words % {"sum": yen(earned.goal - facts.earned, language()), "place": place}


def forecast(path: Path, earned: Earnings, today: date) -> Forecast | None:
    """None where there is no rank above, and where the present one has to be kept first."""
    if path.next_rank is None or policy.lacking(path.facts, path.rank):
        return None
    if path.next_rank == "certified":
        return _certified(path.facts, earned, today)
    missing = [one for one in path.of(path.next_rank) if not one.holds]
    if path.next_rank == "silver":
        return _silver(path, missing)
    if not missing:
        return None
    great = ngettext("%(num)s step away", "%(num)s steps away", len(missing))
    return Forecast(great % {"num": len(missing)}, _own_hands(path.next_rank), [])


def room(path: Path) -> list[tuple[str, str]]:
    """How much each condition of Silver that holds bears: (what, how many of it)."""
    told = {"completed": _may_fail, "rating": _may_be_fair, "replies": _may_be_late}
    return [(_name(one), told[one.name](path.facts)) for one in path.of("silver") if one.holds]


def _own_hands(rank: str) -> str:
    if rank == "bronze":
        return _("It comes at once with the first order that is agreed and paid into escrow.")
    days = settings.RULES.verification_business_days
    words = _("All of it is in your hands. The office looks at documents within %(days)s days.")
    return words % {"days": days}


def _silver(path: Path, missing: list[Condition]) -> Forecast | None:
    if not missing:
        return None
    days = [path.forecasts.get(one.name) for one in missing]
    known = [day for day in days if day]
    moves = [(_name(one), step(one, path.facts)) for one in missing]
    if len(known) == len(missing):
        why = _("By itself on this day, because what is old drops out. Earlier, if you act.")
        return Forecast(ymd(max(known), language()), why, moves, max(known))
    why = _("Not by itself: nothing old drops out that would be enough. What you do brings it.")
    return Forecast(_("Depends on you"), why, moves)


def _certified(facts: Facts, earned: Earnings, today: date) -> Forecast:
    moves = []
    if earned.on_its_way:
        words = _("%(sum)s in escrow count as soon as they are accepted.")
        on_its_way = words % {"sum": yen(earned.on_its_way, language())}
        moves = [(_("Work that is under way"), on_its_way)]
    goal, pace = earned.goal, course.pace(earned.paid, today)
    if goal is None:
        why = _("A place among so few hangs on what each of them earns, so there is no forecast.")
        return Forecast("—", why, moves)
    if facts.earned >= goal:
        why = _("You earn about what the top fifth does. The place is counted every morning.")
        return Forecast(_("Very near"), why, moves)
    day = course.reached_on(course.years(earned.paid, today), goal)
    told = {"pace": yen(pace, language()), "goal": yen(goal, language())}
    if day is None:
        why = _(
            "At the pace of the last 90 days (%(pace)s in 30 days) a year does not come to about "
            "%(goal)s, which is what place asks for today."
        )
        return Forecast("—", why % told, moves)
    why = _(
        "If the pace of the last 90 days (%(pace)s in 30 days) goes on, and the place still asks "
        "for about %(goal)s. Others may earn more meanwhile."
    )
    return Forecast(year_month(day, language()), why % told, moves, day)


def _completed(facts: Facts) -> str:
    ended = facts.completed + facts.faulted
    more = course.still_needed(Fraction(facts.completed), ended, best=1, least=COMPLETED_LEAST)
    words = ngettext(
        "%(num)s more order completed brings the share to %(limit)s.",
        "%(num)s more orders completed bring the share to %(limit)s.",
        more,
    )
    return words % {"num": more, "limit": LIMITS["completed"]}


def _rated(facts: Facts) -> str:
    more = course.still_needed(facts.rating_sum, facts.ratings, best=BEST, least=RATING_LEAST)
    words = ngettext(
        "%(num)s more order rated %(stars)s brings the average to %(limit)s.",
        "%(num)s more orders rated %(stars)s bring the average to %(limit)s.",
        more,
    )
    return words % {"num": more, "stars": BEST, "limit": LIMITS["rating"]}


def _replied(facts: Facts) -> str:
    more = course.still_needed(
        Fraction(facts.replies_within), facts.replies, best=1, least=REPLIES_LEAST
    )
    words = ngettext(
        "%(num)s more reply within %(hours)s hours brings the share to %(limit)s.",
        "%(num)s more replies within %(hours)s hours bring the share to %(limit)s.",
        more,
    )
    told = {"num": more, "hours": settings.RULES.reply_hours, "limit": LIMITS["replies"]}
    return words % told


def _may_fail(facts: Facts) -> str:
    ended = facts.completed + facts.faulted
    many = course.room(Fraction(facts.completed), ended, worst=0, least=COMPLETED_LEAST)
    if not many:
        return _("One order that ends by your fault would be too many.")
    words = ngettext(
        "%(num)s order may end by your fault; one more is too many.",
        "%(num)s orders may end by your fault; one more is too many.",
        many,
    )
    return words % {"num": many}


def _may_be_fair(facts: Facts) -> str:
    many = course.room(facts.rating_sum, facts.ratings, worst=GOOD, least=RATING_LEAST)
    if not many:
        return _("One order rated %(stars)s would be too many.") % {"stars": GOOD}
    words = ngettext(
        "After %(num)s order rated %(stars)s in a row you still keep it.",
        "After %(num)s orders rated %(stars)s in a row you still keep it.",
        many,
    )
    return words % {"num": many, "stars": GOOD}


def _may_be_late(facts: Facts) -> str:
    many = course.room(Fraction(facts.replies_within), facts.replies, worst=0, least=REPLIES_LEAST)
    if not many:
        return _("One late reply would be too many.")
    words = ngettext(
        "%(num)s reply may come late; one more is too many.",
        "%(num)s replies may come late; one more is too many.",
        many,
    )
    return words % {"num": many}


def _name(one: Condition) -> str:
    return {"completed": _("Completed"), "rating": _("Rating"), "replies": _("Replies")}[one.name]
