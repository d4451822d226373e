"""The words of the next-step bar: whose turn, what is asked, by when, and what comes otherwise."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.contracts import queries
from enishi.contracts.models import Contract
from enishi.contracts.pay import Pay
from enishi.contracts.queries import Deal, Turn
from enishi.payments.queries import PaymentView
from enishi.web import formats
from enishi.web.jinja import language

from . import arrivals, silence
from .step import Step, about


def steps(deal: Deal, *, written: bool, paying: PaymentView | None = None) -> list[Step]:
    """What waits in a deal, the reader's own first. `written`: they have reviewed already;
    `paying`: the payment that is waited for, once the provider is about to settle it."""
    contract = deal.contract
    pays = queries.pays_of(contract, deal.milestones)
    parts = {row.pk: part for row, part in zip(deal.milestones, pays, strict=True)}
    found = []
    for turn in deal.turns:
        part = parts[turn.milestone.pk] if turn.milestone else None
        if turn.verb == "fund" and paying:
            found.append(arrivals.step(turn, part, deal.side, paying, status=contract.status))
        else:
            found.append(_step(turn, contract, deal.side, part, written=written))
    return sorted(found, key=_mine_first)


def _mine_first(step: Step) -> tuple[bool, bool, str]:
    return step.turn != "yours", step.due_at is None, step.due_at.isoformat() if step.due_at else ""


def _step(turn: Turn, contract: Contract, side: str, part: Pay | None, *, written: bool) -> Step:
    is_mine = turn.owner == side or (turn.owner == "both" and not written)
    milestone = turn.milestone
    late = turn.verb == "deliver" and milestone is not None and milestone.late_at is not None
    began = milestone.waiting_since if milestone else contract.waiting_since
    return Step(
        turn="yours" if is_mine else "theirs",
        what=_what(turn, part, is_mine=is_mine),
        about=about(milestone) if milestone else "",
        due_at=silence.until(turn, contract.status),
        since=turn.due_at if late else began,
        then=silence.then(turn, contract.status, side, part),
        actions=_actions(turn, contract) if is_mine else [],
        milestone_id=milestone.pk if milestone else None,
        verb=turn.verb,
    )


def _what(turn: Turn, part: Pay | None, *, is_mine: bool) -> str:
    """What is asked, said to the one who must act or about them."""
    facts = {"amount": formats.yen(part.funded, language()) if part else ""}
    if turn.change:
        facts["day"] = formats.md(turn.change.due_on, language())
    mine, theirs = _words(turn)
    return (mine if is_mine else theirs) % facts


def _words(turn: Turn) -> tuple[str, str]:
    state = turn.milestone.status if turn.milestone else ""
    if turn.verb == "deliver" and turn.milestone and turn.milestone.late_at:
        late = _("The delivery date has passed. The worker can still deliver")
        return _("Deliver now: the delivery date has passed"), late
    if turn.verb == "deliver" and state == "revising":
        return _("Revise it and deliver again"), _("The worker revises it and delivers again")
    known = {
        "agree": (_("Read the offer and answer it"), _("The worker answers the offer")),
        "fund": (
            _("Pay %(amount)s into escrow, so that the work can start"),
            _("The client pays %(amount)s into escrow"),
        ),
        "deliver": (_("Do the work and deliver it"), _("The worker delivers the work")),
        "wait": (
            "",
            _("Please stop here: the client's bank took the payment back and has not decided yet"),
        ),
        "accept": (
            _("Inspect the delivery: accept it or ask for a revision"),
            _("The client inspects the delivery"),
        ),
        "review": (_("Review the other side"), _("The other side reviews you")),
        "answer": (
            _("Answer the request to move the delivery to %(day)s"),
            _("The other side answers the request to move the delivery to %(day)s"),
        ),
    }
    return known[turn.verb]


def _actions(turn: Turn, contract: Contract) -> list[dict[str, Any]]:
    pk = turn.milestone.pk if turn.milestone else 0
    if turn.verb == "fund":
        return [{"label": _("Pay into escrow"), "post": reverse("funding", args=[pk])}]
    if turn.verb == "deliver":
        change = {"label": _("Ask for another date"), "href": reverse("change_new", args=[pk])}
        return [{"label": _("Deliver"), "href": reverse("delivery", args=[pk])}, change]
    if turn.verb == "accept":
        again = {"label": _("Ask for a revision"), "href": reverse("revision", args=[pk])}
        accept = {"label": _("Accept"), "href": reverse("acceptance", args=[pk])}
        used_up = turn.milestone and turn.milestone.rounds_used >= contract.revision_rounds
        return [accept] if used_up else [accept, again]
    if turn.verb == "review":
        return [{"label": _("Write a review"), "href": reverse("review", args=[contract.pk])}]
    if turn.verb == "answer" and turn.change:
        keep = reverse("change_refusal", args=[turn.change.pk])
        take = reverse("change_acceptance", args=[turn.change.pk])
        return [
            {"label": _("Agree to the new date"), "post": take},
            {"label": _("Keep the agreed date"), "post": keep},
        ]
    return [{"label": _("Read the offer"), "href": "#offer"}]
