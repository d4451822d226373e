"""Asking for another delivery date, and answering (CO7)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from enishi.contracts.commands import changing
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.kit.errors import Refused
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on, sent
from enishi.web.once import once

from .forms import ChangeForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def change_new(request: HttpRequest, milestone_id: int) -> HttpResponse:
    mine = Contract.objects.seen_by(request.user).values("pk")
    found = Milestone.objects.filter(contract__in=mine).select_related("contract")
    milestone = found.get(pk=milestone_id)
    form = ChangeForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            changing.request(milestone_id, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect("contract", milestone.contract_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "milestone": milestone}
    return render(request, "contracts/change.html", context, status=status)


@signed_in
@require_POST
@once
def acceptance(request: HttpRequest, change_id: int) -> HttpResponse:
    return _back(changing.accept(change_id, by=request.user, at=request.now))


@signed_in
@require_POST
@once
def refusal(request: HttpRequest, change_id: int) -> HttpResponse:
    return _back(changing.decline(change_id, by=request.user, at=request.now))


@signed_in
@require_POST
@once
def withdrawal(request: HttpRequest, change_id: int) -> HttpResponse:
    return _back(changing.withdraw(change_id, by=request.user, at=request.now))


def _back(change: ChangeRequest) -> HttpResponse:
    return redirect("contract", change.milestone.contract_id)
