"""What waits for the person who has just signed in, the nearest due time first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from enishi.contracts import queries as contracts
from enishi.proposals.lifecycle import LIVE, WAITS_FOR_CLIENT
from enishi.proposals.models import Proposal
from enishi.web.access import signed_in
from enishi.web.contracts import turns

SHOWN = 10


@signed_in
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """My turn first, then what others owe me, then applications."""
    if request.user.office_grade:
        return redirect("office")
    steps = [
        (contract, turns.step(turn, contract, side))
        for contract, side, waiting in contracts.waiting_for(request.user)
        for turn in waiting
    ]
    received = Proposal.objects.received_by(request.user).filter(status__in=WAITS_FOR_CLIENT)
    sent = Proposal.objects.sent_by(request.user).filter(status__in=LIVE)
    context = {
        "mine": [line for line in steps if line[1].turn == "yours"],
        "theirs": [line for line in steps if line[1].turn != "yours"],
        "received": received.select_related("job", "worker").order_by("due_at", "id")[:SHOWN],
        "sent": sent.select_related("job", "client").order_by("due_at", "id")[:SHOWN],
    }
    return render(request, "desk/desk.html", context)
