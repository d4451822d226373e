"""Trust cards: whom one deals with, in six signals chosen for the place (SA5).

However many cards stand on a page, they cost two queries, and one more for people of whom nothing
is kept yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.organisations.queries import teams
from enishi.profiles.queries import Face, faces
from enishi.trust.kept import Key, facts_of
from enishi.trust.signals import SIDES, Facts, card, chosen
from enishi.web.formats import ymd
from enishi.web.jinja import language

from . import showing

Card = dict[str, Any]
LISTED = {"client": ("answers",), "worker": ("completion", "replies")}  # beside rating and checks


def card_of(account_id: int, side: str, place: str, *, at: datetime) -> Card:
    """The parameters of the trust_card component, for whoever stands on `side`. An organisation is
    asked once more: how many people act for it (PE3)."""
    found = cards([(account_id, side)], place, at=at)[0]
    if side == "client" and found["kind"] == "org" and (said := team_of(account_id)):
        found["meta"] = f"{found['meta']} · {said}"
    return found


def team_of(account_id: int) -> str:
    """How many people act for an organisation, and whether somebody stands in; "" for one alone."""
    team = teams([account_id]).get(account_id)
    if team is None:
        return ""
    said = ngettext("%(num)s person acts for it", "%(num)s people act for it", team.people)
    said = said % {"num": team.people}
    if team.stands_in_since is None:
        return said
    return _("%(team)s, one of them stands in for the owner") % {"team": said}


def cards(people: Iterable[Key], place: str, *, at: datetime) -> list[Card]:
    """One for each of these, in their order."""
    wanted = list(people)
    known = faces({account_id for account_id, _ in wanted})
    found = facts_of(wanted, at=at)
    return [card_from(known[key[0]], found[key], place) for key in wanted]


def sides_of(account_id: int, *, at: datetime) -> dict[str, Facts]:
    """What is known of both sides of a person, for a page that says already who it is."""
    found = facts_of([(account_id, side) for side in SIDES], at=at)
    return {side: found[account_id, side] for side in SIDES}


def rows(account_id: int, facts: Facts, place: str) -> Card:
    """The signals alone: the parameters of the trust_signals component."""
    return {
        "signals": showing.rows(card(facts, place)),
        "more": address(account_id, facts.side),
    }


def line(face: Face, facts: Facts) -> Card:
    """The parameters of the trust_line component. Without a query: facts of a list come as one."""
    mean = next(iter(chosen(facts, ["rating"])))
    beside = chosen(facts, LISTED[facts.side])
    return {
        "name": face.name,
        "id": face.id,
        "kind": face.kind,
        "verified": True if "identity" in dict(facts.checked) else None,
        "rating": float(mean.value) if mean.value is not None else None,
        "ratings": mean.sample,
        "facts": [showing.in_a_line(one) for one in beside if one.sample],
    }


def card_from(face: Face, facts: Facts, place: str) -> Card:
    """For a page that has asked for face and facts itself."""
    return {
        "name": face.name,
        "id": face.id,
        "kind": face.kind,
        "href": reverse("person", args=[face.id]) if face.is_active else "",
        "meta": _("Member since %(day)s") % {"day": ymd(facts.joined_on, language())},
        "rank": facts.rank if facts.side == "worker" else "",
        "checked": dict(facts.checked),
        "signals": showing.rows(card(facts, place)),
        "more": address(face.id, facts.side) if face.is_active else "",
    }


def address(account_id: int, side: str) -> str:
    """The page that explains every signal."""
    return f"{reverse('person_trust', args=[account_id])}?{urlencode({'as': side})}"
