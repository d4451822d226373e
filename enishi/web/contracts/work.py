"""Deliver, ask for a revision, accept."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from enishi.contracts import queries, withholding
from enishi.contracts.commands import delivering
from enishi.contracts.models import Contract, DeliveryFile, Milestone, Revision
from enishi.files import commands as files
from enishi.kit.days import day_of, days_after
from enishi.kit.errors import Refused
from enishi.reviews import closing
from enishi.web.access import signed_in
from enishi.web.files.sending import send
from enishi.web.files.showing import hang_in
from enishi.web.forms import refusal_on, sent
from enishi.web.once import once
from enishi.web.reviews.forms import ClosingForm

from . import sums
from .forms import DeliveryForm, RevisionForm


def milestone_of(milestone_id: int, **party: Any) -> Milestone:
    """A milestone for one side of its contract. Strangers find nothing."""
    found = Milestone.objects.select_related("contract", "contract__client", "contract__worker")
    return found.get(pk=milestone_id, **{f"contract__{k}": v for k, v in party.items()})


def _answer(request: HttpRequest, form: forms.Form, template: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, context | {"form": form}, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def delivery(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """The worker hands over text and files. Not funded: there is nothing to fill in (CO4)."""
    milestone = milestone_of(milestone_id, worker=request.user)
    form = DeliveryForm(*sent(request, files=True))
    if request.method == "POST" and form.is_valid():
        try:
            _deliver(request, milestone, form)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect("contract", milestone.contract_id)
    context = {
        "milestone": milestone,
        "pay": queries.pay_of(milestone),
        "wish": _last_wish(milestone),
    }
    return _answer(request, form, "contracts/delivery.html", **context)


def _last_wish(milestone: Milestone) -> Revision | None:
    if milestone.status != "revising":
        return None
    asked = Revision.objects.filter(delivery__milestone=milestone)
    return asked.order_by("-delivery__number").first()


def _delivered(milestone: Milestone) -> Any:
    rounds = milestone.deliveries.order_by("number").select_related("revision")
    deliveries = list(rounds.prefetch_related("files"))
    hang_in(deliveries)
    return deliveries


@transaction.atomic
def _deliver(request: HttpRequest, milestone: Milestone, form: DeliveryForm) -> None:
    """Files and delivery stand together or not at all."""
    stored = [
        files.store(one, by=request.user, at=request.now) for one in form.cleaned_data["files"]
    ]
    body = form.cleaned_data["body"]
    delivering.deliver(milestone.pk, by=request.user, at=request.now, body=body, files=stored)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def revision(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """The client says what should change, and by when."""
    milestone = milestone_of(milestone_id, client=request.user)
    first = day_of(days_after(request.now, 6))
    form = RevisionForm(*sent(request), initial={"due_on": first})
    if request.method == "POST" and form.is_valid():
        try:
            delivering.ask_revision(
                milestone_id,
                by=request.user,
                at=request.now,
                reason=form.cleaned_data["reason"],
                due_on=form.cleaned_data["due_on"],
            )
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect("contract", milestone.contract_id)
    context = {"milestone": milestone, "deliveries": _delivered(milestone)[-1:]}
    return _answer(request, form, "contracts/revision.html", **context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def acceptance(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """The client sees what will be paid, then accepts. With the last piece come the questions of
    the closing note; what is missing may become the words of a revision instead (RE4)."""
    milestone = milestone_of(milestone_id, client=request.user)
    form = ClosingForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        answers = form.closing
        if request.POST.get("act") == "revise":
            return _revise(request, milestone, answers.better)
        closing.accept(milestone_id, by=request.user, at=request.now, closing=answers)
        return redirect("contract", milestone.contract_id)
    context = {
        "milestone": milestone,
        "pay": queries.pay_of(milestone),
        "deliveries": _delivered(milestone),
        "sums": sums.sums,
        "remit_by": withholding.remit_by,
        "is_last": queries.is_last(milestone),
    }
    return _answer(request, form, "contracts/acceptance.html", **context)


def _revise(request: HttpRequest, milestone: Milestone, wish: str) -> HttpResponse:
    """The form of a revision with what was typed here; nothing is asked for before it is sent."""
    day = day_of(days_after(request.now, 6))
    form = RevisionForm(initial={"reason": wish, "due_on": day})
    context = {"milestone": milestone, "deliveries": _delivered(milestone)[-1:]}
    return _answer(request, form, "contracts/revision.html", **context)


@signed_in
@require_safe
def file(request: HttpRequest, delivery_id: int, file_id: str) -> HttpResponse:
    """A delivered file, byte for byte, for the two sides alone."""
    mine = Contract.objects.seen_by(request.user).values("pk")
    found = DeliveryFile.objects.select_related("file").filter(
        delivery__milestone__contract__in=mine
    )
    return send(request, found.get(delivery=delivery_id, file=file_id).file)
