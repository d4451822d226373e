"""Applications to read: one of them for its two sides, and all that a worker has sent."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from enishi.contracts.models import Contract
from enishi.proposals import queries
from enishi.proposals.lifecycle import PROPOSAL
from enishi.proposals.models import Proposal
from enishi.web.access import signed_in, worker_only
from enishi.web.messages.panel import thread_context
from enishi.web.organisations import rights
from enishi.web.trust.cards import card_of

from . import page
from .forms import HoldForm, NoteForm


@signed_in
@require_safe
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    return proposal_page(request, proposal_id)


def proposal_page(
    request: HttpRequest,
    proposal_id: int,
    *,
    note: NoteForm | None = None,
    hold: HoldForm | None = None,
) -> HttpResponse:
    """The page of an application; a form that came back stands in its place again."""
    seen = Proposal.objects.seen_by(request.user).select_related("job", "client", "worker")
    found = seen.get(pk=proposal_id)
    is_client = request.user.pk == found.client_id
    contract = Contract.objects.filter(proposal=found).order_by("-id").first()
    other = found.worker if is_client else found.client
    step = page.step(found, contract, is_client=is_client)
    context: dict[str, Any] = {
        "proposal": found,
        "job": found.job,
        "is_client": is_client,
        "other": other,
        "trust": card_of(other.pk, "worker" if is_client else "client", "proposal", at=request.now),
        "can": PROPOSAL.verbs(found.status),
        "step": step | {"actions": rights.open_to(request.user, step["actions"])},
        "decides": rights.may(request.user, "proposal_address"),
        "timeline": page.timeline(found, request.user, at=request.now),
        "pay": None if is_client else page.pay_of(found, at=request.now),
        "reason": page.reason(found),
        "address": page.address(found, is_client=is_client),
        "note": note or NoteForm(initial={"text": found.client_note}),
        "hold": hold or HoldForm(initial={"until": found.hold_until}),
        "talk": thread_context(found.thread_id, request, here=reverse("proposal", args=[found.pk])),
    }
    status = 422 if note or hold else 200
    return render(request, "proposals/proposal.html", context, status=status)


@worker_only
@require_safe
def my_proposals(request: HttpRequest) -> HttpResponse:
    """The state of everything applied for, on one page (AP4)."""
    after = request.GET.get("after", "")
    found = queries.applied(request.user, after=after)
    contracts = _contracts_of(found.lines)
    counts = queries.applied_by_group(request.user)
    titles = {
        0: _("An offer waits for your answer"),
        1: _("Waiting for the client's answer"),
        2: _("Became a contract"),
        3: _("Ended applications"),
    }
    address = reverse("my_proposals")
    context = {
        "groups": [
            {
                "title": titles[group],
                "count": counts.get(group, 0),
                "rows": [(line, contracts.get(line.id)) for line in lines],
            }
            for group, lines in groupby(found.lines, key=lambda line: line.group)
        ],
        "next_url": f"{address}?after={found.after}" if found.after else "",
        "first_url": address if after else "",
    }
    return render(request, "proposals/my_proposals.html", context)


def _contracts_of(lines: list[queries.ProposalLine]) -> dict[int | None, Contract]:
    """The contract that came of each application, the newest, in one query."""
    made = [line.id for line in lines if line.status in ("offered", "hired")]
    found = Contract.objects.filter(proposal__in=made).order_by("id")
    return {contract.proposal_id: contract for contract in found}
