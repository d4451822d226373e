"""What waits for the person who has just signed in, the nearest due time first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from enishi.contracts import queries as contracts
from enishi.escrow import queries as ledger
from enishi.jobs.models import Job
from enishi.payments import queries as payments
from enishi.proposals.lifecycle import LIVE, WAITS_FOR_CLIENT
from enishi.proposals.models import Proposal
from enishi.ranks.queries import falls_at
from enishi.web.access import signed_in
from enishi.web.contracts import listing
from enishi.web.contracts.turns import Step

SHOWN = 10
DEALS = 20
NOT_YET_DEALS = tuple(state for state in LIVE if state != "offered")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits in one deal."""

    line: listing.Line
    step: Step


@signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """My turn first, then what others owe me. A deal stands once, under its first step."""
    if request.user.office_grade:
        return redirect("office")
    found = listing.lines(contracts.waiting_for(request.user), request.user, at=request.now)
    deals = sorted((Waiting(line, line.first) for line in found if line.first), key=_when)
    mine = [one for one in deals if one.step.turn == "yours"]
    theirs = [one for one in deals if one.step.turn != "yours"]
    received = Proposal.objects.received_by(request.user).filter(status__in=WAITS_FOR_CLIENT)
    sent = Proposal.objects.sent_by(request.user).filter(status__in=NOT_YET_DEALS)
    context = {
        "mine": mine[:DEALS],
        "theirs": theirs[:DEALS],
        "more": max(len(mine) - DEALS, 0) + max(len(theirs) - DEALS, 0),
        "received": received.select_related("job", "worker").order_by("due_at", "id")[:SHOWN],
        "sent": sent.select_related("job", "client").order_by("due_at", "id")[:SHOWN],
        "unpaid": _unpaid(request.user.pk),
        "owed": payments.owed_by(request.user.pk),
        "remittances": contracts.remittances(request.user.pk, at=request.now),
        "falls_at": falls_at(request.user.pk) if request.user.role == "worker" else None,
        "open_jobs": Job.objects.of(request.user).filter(status="open").count(),
    }
    return render(request, "desk/desk.html", context)


def _when(one: Waiting) -> tuple[bool, str]:
    due = one.step.due_at
    return due is None, due.isoformat() if due else ""


def _unpaid(account_id: int) -> int:
    """What is owed to someone whose bank account is missing or was refused (CL18)."""
    owed = ledger.payable_of(account_id)
    if not owed:
        return 0
    bank = payments.bank_account_of(account_id)
    return 0 if bank and not bank.refused_at and bank.is_reachable else owed
