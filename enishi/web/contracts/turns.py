"""The words of the next-step bar: what is asked of whom, and what comes if nobody acts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.contracts.models import Contract, Milestone
from enishi.contracts.queries import Turn
from enishi.web.formats import due_md, yen
from enishi.web.jinja import language


@dataclass(frozen=True, slots=True)
class Step:
    """A next-step bar or the strip below it, ready to be drawn."""

    turn: str  # yours | theirs
    what: str
    about: str
    due_at: datetime | None
    since: datetime | None
    then: str
    actions: list[dict[str, Any]] = field(default_factory=list)


def what(verb: str, *, is_mine: bool) -> str:
    """What is asked, said to the one who must act or about them."""
    mine = {
        "agree": _("Read the offer and answer it"),
        "fund": _("Pay into escrow, so that the work can start"),
        "deliver": _("Do the work and deliver it"),
        "accept": _("Inspect the delivery: accept it or ask for a revision"),
        "review": _("Review the other side"),
    }
    theirs = {
        "agree": _("The worker answers the offer"),
        "fund": _("The client pays into escrow"),
        "deliver": _("The worker delivers the work"),
        "accept": _("The client inspects the delivery"),
        "review": _("The other side reviews you"),
    }
    return (mine if is_mine else theirs)[verb]


def step(turn: Turn, contract: Contract, side: str) -> Step:
    """One waiting state as the reader on this side sees it."""
    is_mine = turn.owner in (side, "both")
    milestone = turn.milestone
    return Step(
        turn="yours" if is_mine else "theirs",
        what=what(turn.verb, is_mine=is_mine),
        about=_about(milestone),
        due_at=turn.due_at,
        since=milestone.waiting_since if milestone else contract.waiting_since,
        then=_then(turn),
        actions=_actions(turn, contract) if is_mine else [],
    )


def _about(milestone: Milestone | None) -> str:
    if milestone is None:
        return ""
    return _("Milestone %(number)s: %(title)s") % {
        "number": milestone.position,
        "title": milestone.title,
    }


def _then(turn: Turn) -> str:
    """“If nothing happens by …, …”, with the yen in it where there is some."""
    if turn.due_at is None:
        return ""
    facts = {"time": due_md(turn.due_at, language()), "outcome": _(turn.outcome)}
    sentence = _("If nothing happens by %(time)s: %(outcome)s") % facts
    if turn.verb == "accept" and turn.milestone:
        amount = yen(turn.milestone.amount, language())
        sentence += " " + _("It is about %(amount)s.") % {"amount": amount}
    return sentence


def _actions(turn: Turn, contract: Contract) -> list[dict[str, Any]]:
    pk = turn.milestone.pk if turn.milestone else 0
    if turn.verb == "fund":
        return [{"label": _("Pay into escrow"), "post": reverse("funding", args=[pk])}]
    if turn.verb == "deliver":
        change = {"label": _("Ask for another date"), "href": reverse("change_new", args=[pk])}
        return [{"label": _("Deliver"), "href": reverse("delivery", args=[pk])}, change]
    if turn.verb == "accept":
        again = {"label": _("Ask for a revision"), "href": reverse("revision", args=[pk])}
        return [{"label": _("Accept"), "href": reverse("acceptance", args=[pk])}, again]
    if turn.verb == "review":
        return [{"label": _("Write a review"), "href": reverse("review", args=[contract.pk])}]
    if turn.verb == "agree":
        return [{"label": _("Read the offer"), "href": "#offer"}]
    return []
