"""Offers and contracts: read them, agree, decline, withdraw."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.contracts import queries
from enishi.contracts.commands import offering
from enishi.kit.errors import Refused
from enishi.proposals.models import Proposal
from enishi.reviews import queries as reviews
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on
from enishi.web.messages.panel import thread_context
from enishi.web.reviews.forms import ITEM_LABELS

from . import page
from .forms import OfferForm, ReasonForm


@signed_in
@require_safe
def contracts(request: HttpRequest) -> HttpResponse:
    """All deals of both roles, newest first."""
    status = request.GET.get("status", "live")
    before = request.GET.get("before", "")
    lines = queries.contracts_of(
        request.user,
        status=status if status in ("live", "over") else "",
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    size = len(lines)
    context = {"lines": lines[:20], "status": status, "older": lines[19].id if size > 20 else None}
    return render(request, "contracts/contracts.html", context)


@signed_in
@require_safe
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The page of pages: whose turn, the money, the milestones, the talk, the record."""
    found = page.load(contract_id, request.user)
    deal = page.deal_page(found, request)
    context: dict[str, Any] = {
        "deal": deal,
        "sums": page.sums,
        "total_of": page.total_of,
        "talk": thread_context(found.thread_id, request),
        "reviews": reviews.of_contract(found.pk, viewer=request.user, at=request.now),
        "item_labels": ITEM_LABELS,
        "reason_form": ReasonForm(),
    }
    return render(request, "contracts/contract.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def offer_new(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """The client writes the offer, prefilled from the post and the proposal."""
    found = Proposal.objects.received_by(request.user).select_related("job", "worker")
    proposal = found.get(pk=proposal_id)
    form = (
        OfferForm(request.POST)
        if request.method == "POST"
        else OfferForm(initial=_prefilled(proposal))
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = offering.offer(proposal_id, by=request.user, at=request.now, terms=form.terms())
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect("contract", made.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "proposal": proposal}
    return render(request, "contracts/offer.html", context, status=status)


def _prefilled(proposal: Proposal) -> dict[str, Any]:
    job = proposal.job
    initial: dict[str, Any] = {
        "title": job.title,
        "content": job.description,
        "deliverable": job.deliverables,
        "acceptance": job.acceptance,
        "place": job.place,
        "inspection_days": settings.RULES.inspection_days,
        "revision_rounds": job.revision_rounds,
        "rights": job.rights,
        "rights_note": job.rights_note,
        "confidentiality": job.confidentiality,
        "confidentiality_note": job.confidentiality_note,
        "ai_use": job.ai_use,
        "ai_use_note": job.ai_use_note,
    }
    plan = job.terms.milestones
    rows = [(m.title, m.amount, m.due_on) for m in plan]
    if sum(m.amount for m in plan) != proposal.amount:
        rows = [(job.title, proposal.amount, proposal.delivery_on)]
    for number, (title, amount, due_on) in enumerate(rows, start=1):
        initial[f"milestone_{number}_title"] = title
        initial[f"milestone_{number}_amount"] = amount
        initial[f"milestone_{number}_due_on"] = due_on
    return initial


@signed_in
@require_POST
def agreement(request: HttpRequest, contract_id: int) -> HttpResponse:
    confirmed = request.POST.getlist("confirmed")
    offering.agree(contract_id, by=request.user, at=request.now, confirmed=confirmed)
    return redirect("contract", contract_id)


@signed_in
@require_POST
def refusal(request: HttpRequest, contract_id: int) -> HttpResponse:
    offering.decline(contract_id, by=request.user, at=request.now, reason=_reason(request))
    return redirect("contract", contract_id)


@signed_in
@require_POST
def withdrawal(request: HttpRequest, contract_id: int) -> HttpResponse:
    offering.withdraw(contract_id, by=request.user, at=request.now, reason=_reason(request))
    return redirect("contract", contract_id)


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else ""
