"""What the reader may do with a milestone, beside the next step; the commands decide again."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.contracts.models import Milestone
from enishi.contracts.pay import Pay
from enishi.contracts.queries import Deal
from enishi.web.formats import yen
from enishi.web.jinja import language

OPEN = ("agreed", "active")
CHANGEABLE = ("unfunded", "funded", "revising")
WORKABLE = ("funded", "revising")


def of_milestone(
    milestone: Milestone,
    part: Pay,
    deal: Deal,
    said: set[tuple[int | None, str]],
    *,
    fundable: int | None,
) -> list[dict[str, Any]]:
    """Its buttons. `said`: what the bar on top offers already; `fundable`: the next to be paid."""
    if deal.contract.status not in OPEN:
        return []
    pk, state, is_client = milestone.pk, milestone.status, deal.side == "client"
    found: list[dict[str, Any]] = []
    if is_client and pk == fundable and (pk, "fund") not in said:
        label = _("Pay %(amount)s into escrow") % {"amount": yen(part.funded, language())}
        found.append({"label": label, "post": reverse("funding", args=[pk])})
    if not is_client and state in WORKABLE and (pk, "deliver") not in said:
        found.append({"label": _("Deliver"), "href": reverse("delivery", args=[pk])})
    if is_client and state == "delivered" and (pk, "accept") not in said:
        found.append({"label": _("Accept"), "href": reverse("acceptance", args=[pk])})
        if milestone.rounds_used < deal.contract.revision_rounds:
            again = reverse("revision", args=[pk])
            found.append({"label": _("Ask for a revision"), "href": again})
    return found


def in_trouble(deal: Deal) -> list[dict[str, str]]:
    """What one can do when a deal does not go as agreed, milestone by milestone."""
    if deal.contract.status not in OPEN:
        return []
    asked = {turn.milestone.pk for turn in deal.turns if turn.change and turn.milestone}
    found = []
    for row in deal.milestones:
        facts = {"number": row.position}
        if row.status in CHANGEABLE and row.pk not in asked:
            label = _("Ask for another date for milestone %(number)s") % facts
            found.append({"label": label, "href": reverse("change_new", args=[row.pk])})
        if row.status in WORKABLE and deal.side == "worker":
            label = _("Give back the money of milestone %(number)s") % facts
            found.append({"label": label, "href": reverse("milestone_refund", args=[row.pk])})
    return found
