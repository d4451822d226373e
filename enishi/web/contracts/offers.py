"""Writing an offer: the form, then what both sides would pay and receive, then the offer itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enishi.contracts import order, pay, policy, queries, withholding
from enishi.contracts.commands import offering
from enishi.contracts.policy import OfferTerms
from enishi.contracts.refusals import SENTENCES
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.proposals.models import Proposal
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on
from enishi.web.once import once
from enishi.web.terms import WITHHOLDING

from . import differences, invoices, sums
from .forms import OfferForm

FIRST_BOX = {"milestones": "milestone_1_title"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def offer_new(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Nothing is offered before the client has seen the money: `act` is check, change or offer."""
    found = Proposal.objects.received_by(request.user).select_related("job", "worker")
    proposal = found.get(pk=proposal_id)
    if request.method != "POST":
        return _form(request, proposal, OfferForm(initial=prefilled(proposal)))
    form = OfferForm(request.POST)
    if not form.is_valid() or not _is_sound(request, form):
        return _form(request, proposal, form, status=422)
    if request.POST.get("act") == "change":
        return _form(request, proposal, form)
    if request.POST.get("act") != "offer":
        return _check(request, proposal, form)
    try:
        made = offering.offer(proposal_id, by=request.user, at=request.now, terms=form.terms())
    except Refused as refused:
        refusal_on(form, refused)
        return _form(request, proposal, form, status=422)
    return redirect("contract", made.pk)


def _is_sound(request: HttpRequest, form: OfferForm) -> bool:
    """The rules of an offer, said at the box they are about, before the client sees the sum."""
    found = policy.faults(form.terms(), today=day_of(request.now), rules=settings.RULES)
    for name, code in found.items():
        form.add_error(FIRST_BOX.get(name, name), SENTENCES[code])
    return not found


def _form(
    request: HttpRequest, proposal: Proposal, form: OfferForm, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "proposal": proposal}
    return render(request, "contracts/offer.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Planned:
    """One milestone of the preview."""

    title: str
    due_on: Any
    pay: pay.Pay


def _check(request: HttpRequest, proposal: Proposal, form: OfferForm) -> HttpResponse:
    terms = form.terms()
    rules = queries.rules_between(proposal.client_id, proposal.worker_id, at=request.now)
    amounts = [one.amount for one in terms.milestones]
    pays, reason = queries.preview(proposal, amounts, rules=rules)
    rows = zip(terms.milestones, pays, strict=True)
    context = {
        "proposal": proposal,
        "offered_under": rules,
        "terms": terms,
        "plan": [Planned(one.title, one.due_on, part) for one, part in rows],
        "total": pay.total(pays),
        "reason": reason,
        "withholding": WITHHOLDING[queries.withholding_between(proposal).why],
        "differences": _differing(proposal, terms),
        "invoice": invoices.words(proposal.worker_id, today=day_of(request.now)),
        "sent": [(name, value) for name, value in request.POST.items() if _is_kept(name)],
        "sums": sums.sums,
        "total_of": sums.total_of,
        "remit_by": withholding.remit_by,
    }
    return render(request, "contracts/offer_check.html", context)


def _is_kept(name: str) -> bool:
    return name not in ("csrfmiddlewaretoken", "act")


def _differing(proposal: Proposal, terms: OfferTerms) -> list[differences.Words]:
    """CO2: what the worker will have to confirm."""
    found = policy.differences(order.posted(proposal), order.offered(terms))
    rows = [{"item": one.item, "posted": one.posted, "offered": one.offered} for one in found]
    return differences.in_words(rows)


def prefilled(proposal: Proposal) -> dict[str, Any]:
    """The post's words, with the price and the day of the proposal."""
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
    for number, (title, amount, due_on) in enumerate(_plan(proposal), start=1):
        initial[f"milestone_{number}_title"] = title
        initial[f"milestone_{number}_amount"] = amount
        initial[f"milestone_{number}_due_on"] = due_on
    return initial


def _plan(proposal: Proposal) -> list[tuple[str, int, date]]:
    """The post's milestones, their amounts in proportion to the price of the proposal."""
    plan = proposal.job.terms.milestones
    whole = sum(planned.amount for planned in plan)
    if not whole:
        return [(proposal.job.title, proposal.amount, proposal.delivery_on)]
    amounts = [planned.amount * proposal.amount // whole for planned in plan[:-1]]
    amounts.append(proposal.amount - sum(amounts))
    return [
        (planned.title, amount, planned.due_on)
        for planned, amount in zip(plan, amounts, strict=True)
    ]
