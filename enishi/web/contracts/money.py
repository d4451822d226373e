"""The client pays into escrow; the worker gives it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from enishi.contracts.commands import ending
from enishi.contracts.commands import funding as escrowing
from enishi.contracts.models import Milestone
from enishi.web.access import signed_in
from enishi.web.forms import sent
from enishi.web.once import once
from enishi.web.payments.views import return_address

from .forms import ReasonForm


@signed_in
@require_POST
def funding(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """To the provider's page. Card numbers never touch this server."""
    payment = escrowing.begin(
        milestone_id, by=request.user, at=request.now, return_url=return_address(request)
    )
    return redirect(payment.hosted_url)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def refund(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """The worker ends a milestone and gives the escrow back, after seeing how much."""
    found = Milestone.objects.filter(contract__worker=request.user).select_related(
        "contract__client"
    )
    milestone = found.get(pk=milestone_id)
    form = ReasonForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        ending.give_back(milestone_id, by=request.user, at=request.now, reason=reason)
        return redirect("contract", milestone.contract_id)
    context = {"milestone": milestone, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "contracts/refund.html", context, status=status)
