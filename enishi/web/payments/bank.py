"""Where a worker is paid: the account that stands, another in its place, what was sent to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enishi.escrow import queries as ledger
from enishi.kit.errors import Refused
from enishi.payments import queries
from enishi.payments.commands import paying_out
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on, sent

from .forms import BankAccountForm

BOXES = {"bank_account.number_shape": "number", "bank_account.holder_shape": "holder"}


@signed_in
@require_http_methods(["GET", "POST"])
def bank_account(request: HttpRequest) -> HttpResponse:
    form = BankAccountForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            paying_out.add_bank_account(by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused, BOXES)
        else:
            return redirect("bank_account")
    context = {
        "form": form,
        "bank": queries.bank_account_of(request.user.pk),
        "payouts": queries.payouts_of(request.user.pk),
        "payable": ledger.payable_of(request.user.pk),
    }
    status = 422 if form.is_bound else 200
    return render(request, "payments/bank_account.html", context, status=status)
