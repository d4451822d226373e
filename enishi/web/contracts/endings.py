"""The next-step bar of a deal in which nothing waits: how it ended, and where the money went."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from enishi.contracts import queries
from enishi.contracts.lifecycle import PAID
from enishi.contracts.models import Contract, Milestone
from enishi.contracts.queries import Deal
from enishi.web import formats
from enishi.web.jinja import language, strong

from .step import Step


def ending(deal: Deal) -> Step:
    """What the bar says when it is nobody's turn."""
    contract = deal.contract
    completed = contract.status == "completed"
    return Step(
        turn="done" if completed else "over",
        label="" if completed else _("Nothing waits here any more"),
        what=_what(contract, deal.side),
        then=_money(deal) + _reason(contract),
        actions=_again(contract) if deal.side == "client" else [],
        verb="over",
    )


def _what(contract: Contract, side: str) -> str:
    mine = {
        "declined:worker": _("You declined this offer"),
        "withdrawn:client": _("You withdrew this offer"),
    }
    every = {
        "completed": _("This contract is complete"),
        "ended": _("This contract ended early"),
        "declined": _("The worker declined this offer"),
        "withdrawn": _("The client withdrew this offer"),
        "lapsed": _("This offer lapsed without an answer"),
        "expired": _("This contract expired before it was funded"),
    }
    of_side = mine.get(f"{contract.status}:{side}")
    return of_side or every.get(contract.status, _("Nothing is waiting here"))


def _money(deal: Deal) -> Markup:
    """How much was paid and how much went back, in the sum that this side knows."""
    pays = queries.pays_of(deal.contract, deal.milestones)
    rows = list(zip(deal.milestones, pays, strict=True))
    paid = [part for row, part in rows if row.status in PAID]
    back = sum(row.escrow_amount or 0 for row, _part in rows if row.status == "refunded")
    back += sum((row.escrow_amount or 0) - part.funded for row, part in rows if _is_split(row))
    total = sum(part.net if deal.side == "worker" else part.funded for part in paid)
    facts = {
        "paid": strong(formats.yen(total, language())),
        "back": strong(formats.yen(back, language())),
    }
    said = []
    if total:
        words = _("You received %(paid)s.") if deal.side == "worker" else _("You paid %(paid)s.")
        said.append(words)
    if back and deal.side == "worker":
        said.append(_("%(back)s went back to the client."))
    elif back:
        said.append(_("%(back)s went back to you, the way it was paid."))
    if not said:
        said.append(_("No money moved, and no mark is left."))
    return Markup(" ".join(said)) % facts


def _is_split(milestone: Milestone) -> bool:
    return milestone.status == "settled"


def _reason(contract: Contract) -> Markup:
    if not contract.end_reason:
        return Markup()
    return Markup(" ") + Markup(_("Reason: %(reason)s")) % {"reason": contract.end_reason}


def _again(contract: Contract) -> list[dict[str, Any]]:
    if contract.status in ("completed", "ended") or not contract.proposal_id:
        return []
    href = reverse("proposal", args=[contract.proposal_id])
    return [{"label": _("Back to the application"), "href": href}]
