"""The short answers to an application, of either side."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enishi.kit.errors import Refused
from enishi.proposals import commands
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on

from . import comparison
from .forms import BOXES, HoldForm, NoteForm
from .views import proposal_page


@signed_in
@require_POST
def shortlist(request: HttpRequest, proposal_id: int) -> HttpResponse:
    proposal = commands.shortlist(proposal_id, by=request.user, at=request.now)
    return _back(request, proposal_id, proposal.job_id)


@signed_in
@require_POST
def unlisting(request: HttpRequest, proposal_id: int) -> HttpResponse:
    proposal = commands.unlist(proposal_id, by=request.user)
    return _back(request, proposal_id, proposal.job_id)


def _back(request: HttpRequest, proposal_id: int, job_id: int) -> HttpResponse:
    """To the list of applicants or to their comparison if the button stood there."""
    back = request.POST.get("back")
    if back == "list":
        return redirect("job_proposals", job_id)
    if back == "comparison":
        ids = comparison.key_of(request.POST.get("with", ""))
        return redirect(comparison.address(job_id, ids))
    return redirect("proposal", proposal_id)


@signed_in
@require_POST
def note(request: HttpRequest, proposal_id: int) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return proposal_page(request, proposal_id, note=form)
    commands.note(proposal_id, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Your note is saved."))
    return redirect("proposal", proposal_id)


@signed_in
@require_POST
def address(request: HttpRequest, proposal_id: int) -> HttpResponse:
    commands.release_address(proposal_id, by=request.user, at=request.now)
    return redirect("proposal", proposal_id)


@signed_in
@require_POST
def withdrawal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    commands.withdraw(proposal_id, by=request.user, at=request.now)
    messages.success(request, _("Your application is withdrawn. This leaves no mark."))
    return redirect("proposal", proposal_id)


@signed_in
@require_POST
def hold(request: HttpRequest, proposal_id: int) -> HttpResponse:
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            commands.hold(proposal_id, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused, dict.fromkeys(BOXES, "until"))
        else:
            messages.success(request, _("The client was told until when your application stands."))
            return redirect("proposal", proposal_id)
    return proposal_page(request, proposal_id, hold=form)
