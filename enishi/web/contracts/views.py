"""Contracts: read them, agree, decline, withdraw."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from enishi.contracts import queries, withholding
from enishi.contracts.commands import offering
from enishi.reviews import queries as reviews
from enishi.web.access import signed_in
from enishi.web.messages.panel import thread_context
from enishi.web.once import once
from enishi.web.paging import keyset
from enishi.web.reviews import ordering
from enishi.web.reviews.forms import ITEM_LABELS

from . import listing, page, sums
from .forms import ReasonForm

TABS = ("live", "over", "all")


@signed_in
@require_safe
def contracts(request: HttpRequest) -> HttpResponse:
    """All deals of both roles, newest first."""
    status = request.GET.get("status", "live")
    status = status if status in TABS else "live"
    found = queries.deals_of(request.user, status=status, before=keyset(request))
    size = settings.RULES.page_size
    context = {
        "lines": listing.lines(found[:size], request.user, at=request.now),
        "status": status,
        "older": found[size - 1].contract.pk if len(found) > size else None,
        "is_first_page": not request.GET.get("before"),
    }
    return render(request, "contracts/contracts.html", context)


@signed_in
@require_safe
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The page of pages: whose turn, the money, the milestones, the talk, the record."""
    return _page(request, contract_id, ReasonForm())


def _page(
    request: HttpRequest, contract_id: int, form: ReasonForm, *, status: int = 200
) -> HttpResponse:
    found = page.load(contract_id, request.user)
    written = reviews.of_known(found, viewer=request.user, at=request.now)
    context: dict[str, Any] = {
        "deal": page.deal_page(found, request, written),
        "sums": sums.sums,
        "total_of": sums.total_of,
        "remit_by": withholding.remit_by,
        "talk": thread_context(found.thread_id, request),
        "reviews": written,
        "item_labels": ITEM_LABELS,
        "again": ordering.again(written) if found.status == "completed" else [],
        "reason_form": form,
    }
    return render(request, "contracts/contract.html", context, status=status)


@signed_in
@require_POST
@once
def agreement(request: HttpRequest, contract_id: int) -> HttpResponse:
    confirmed = request.POST.getlist("confirmed")
    offering.agree(contract_id, by=request.user, at=request.now, confirmed=confirmed)
    return redirect("contract", contract_id)


@signed_in
@require_POST
@once
def refusal(request: HttpRequest, contract_id: int) -> HttpResponse:
    return _ended(request, contract_id, offering.decline)


@signed_in
@require_POST
@once
def withdrawal(request: HttpRequest, contract_id: int) -> HttpResponse:
    return _ended(request, contract_id, offering.withdraw)


def _ended(request: HttpRequest, contract_id: int, verb: Callable[..., Any]) -> HttpResponse:
    """With its reason, or not at all: the other side reads it."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, contract_id, form, status=422)
    verb(contract_id, by=request.user, at=request.now, reason=form.cleaned_data["reason"])
    return redirect("contract", contract_id)
