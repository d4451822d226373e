"""Workers as entries that can be judged at a glance, in a constant number of queries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from enishi.contracts.queries import completed_of_workers
from enishi.kit.days import day_of
from enishi.messaging.replies import NONE, Replies, replies
from enishi.profiles import queries as profiles
from enishi.profiles.models import Rate
from enishi.profiles.working import queries as working
from enishi.profiles.working.policy import Week, weeks
from enishi.reviews.queries import summaries
from enishi.trust.closeness.queries import closeness
from enishi.trust.workers import WorkerLine
from enishi.verification.queries import checks
from enishi.web import closeness as near
from enishi.web import formats
from enishi.web.profiles import words
from enishi.web.ranks.words import RANKS

WEEKS = 4
RATES = 2
SKILLS = 6


def rows(lines: Sequence[WorkerLine], *, viewer_id: int, at: datetime) -> list[dict[str, Any]]:
    """The parameters of the worker component."""
    ids = [line.id for line in lines]
    faces, sides, checked = profiles.faces(ids), profiles.worker_sides(ids), checks(ids)
    ratings, answered = summaries(ids, "worker"), replies(ids, at=at)
    rates, said = working.rates_of(ids), working.said_by(ids)
    finished, close = completed_of_workers(ids), closeness(viewer_id, ids)
    found = []
    for line in lines:
        side, face, rating = sides.get(line.id), faces.get(line.id), ratings.get(line.id)
        usual = side.weekly_hours if side else None
        ahead = weeks(day_of(at), usual=usual, said=said.get(line.id, {}))[:WEEKS]
        skills = words.skill_names(side.skills if side else ())
        known = [
            (_("Reply time"), _replies(answered.get(line.id, NONE))),
            (_("Finished contracts"), formats.grouped(finished.get(line.id, 0))),
            (_("Hours in the coming weeks"), _hours(ahead)),
            (_("Rate guide"), _rates(rates.get(line.id, []), side.rate_guide if side else "")),
        ]
        found.append(
            {
                "id": line.id,
                "name": line.name,
                "kind": face.kind if face else "person",
                "image_id": face.image_id if face else None,
                "rank": str(RANKS[line.rank]),
                "checked": checked[line.id],
                "rating": rating.mean if rating else None,
                "ratings": rating.count if rating else 0,
                "skills": skills[:SKILLS],
                "more_skills": max(len(skills) - SKILLS, 0),
                "together": near.told(close.get(line.id)),
                "facts": [(name, value) for name, value in known if value],
            }
        )
    return found


def _replies(answered: Replies) -> str:
    """ME3, short: with its sample."""
    if not answered.count:
        return _("nothing to measure yet")
    facts = {
        "within": answered.within,
        "count": answered.count,
        "hours": settings.RULES.reply_hours,
    }
    return _("%(within)s of %(count)s within %(hours)s hours") % facts


def _hours(ahead: Sequence[Week]) -> str:
    """One number where all weeks are alike; else one for each."""
    hours = [week.hours for week in ahead]
    if all(each is None for each in hours):
        return ""
    if len(set(hours)) == 1:
        usual = hours[0] or 0
        return ngettext("%(num)s hour a week", "%(num)s hours a week", usual) % {"num": usual}
    between = "\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}"
    told = between.join("—" if each is None else str(each) for each in hours)
    return _("%(hours)s hours, week by week from this one") % {"hours": told}


def _rates(rows: Sequence[Rate], in_words: str) -> str:
    """Each on a line of its own."""
    told = [Markup('<span class="ib">{}</span>').format(_rate(row)) for row in rows[:RATES]]
    return Markup("<br>").join(told) or in_words


def _rate(row: Rate) -> str:
    return " ".join(words.rate(row))
