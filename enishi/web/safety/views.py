"""Telling the office in one step, from a review, a conversation or a contract (SA6)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enishi.kit.errors import Refused
from enishi.safety import commands, queries
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on, sent
from enishi.web.once import once

from .forms import KINDS, ReportForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def of_review(request: HttpRequest, review_id: int) -> HttpResponse:
    """About a review that the reader was given."""
    return _report(request, "review", review_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def of_thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    return _report(request, "thread", thread_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def of_contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    return _report(request, "contract", contract_id)


def _report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    place = queries.place(kind, pk, reader=request.user)
    form = ReportForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.report(kind, pk, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            messages.success(request, _("The office has your report. You are told how it ends."))
            return redirect("report", made.pk)
    context: dict[str, Any] = {"place": place, "form": form, "back": _back(kind, pk, place)}
    context["draft"] = f"report-{place.thread_id}"
    status = 422 if form.is_bound else 200
    return render(request, "safety/report_new.html", context, status=status)


def _back(kind: str, pk: int, place: queries.Place) -> str:
    if kind == "thread":
        return reverse("thread", args=[pk])
    assert place.contract is not None
    return reverse("contract", args=[place.contract.pk])


@signed_in
@require_safe
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """What became of one's own report."""
    found = queries.mine(report_id, reader=request.user)
    context = {"report": found, "kind": KINDS[found.kind]}
    return render(request, "safety/report.html", context)
