"""Where a worker is paid: the account that stands, another in its place, what is to be paid there
and by when, what was sent."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enishi.contracts import earned
from enishi.escrow import queries as ledger
from enishi.kit.errors import Refused
from enishi.payments import connection, policy, queries
from enishi.payments.commands import banking
from enishi.web.access import signed_in
from enishi.web.accounts.entrance import way_to_reauthenticate
from enishi.web.forms import refusal_on, sent
from enishi.web.once import once

from .forms import BankAccountForm
from .reasons import REASONS

BOXES = {
    "bank_account.number_shape": "number",
    "bank_account.holder_shape": "holder",
    "bank_account.holder_differs": "holder",
    "bank_account.name_shape": "name",
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def bank_account(request: HttpRequest) -> HttpResponse:
    """Anyone signed in reads; the form opens only to who has just shown who they are (A8). What
    was posted too late is not kept for them, as allauth would: a number is stored nowhere."""
    is_shut = is_reauthentication_required(request, app="allauth.account")
    if is_shut and request.method == "POST":
        return redirect(way_to_reauthenticate(request.path))
    form = BankAccountForm(*sent(request))
    asks_why = bool(request.POST.get("reason"))
    if request.method == "POST" and form.is_valid():
        try:
            banking.add(by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused, BOXES)
            asks_why = asks_why or refused.code == "bank_account.holder_differs"
        else:
            return redirect("bank_account")
    context = {
        "form": form,
        "asks_why": asks_why,
        "reasons": REASONS,
        "earned": earned.unpaid([request.user.pk]),
        "is_by_file": connection.is_by_file(),
        "least": settings.PAYOUTS["least"] if connection.is_by_file() else 0,
        "bank": queries.bank_account_of(request.user.pk),
        "payouts": queries.payouts_of(request.user.pk),
        "way_in": way_to_reauthenticate(request.path) if is_shut else "",
        "now": request.now,
        "hold_hours": int(policy.HELD_AFTER_CHANGE.total_seconds() // 3600),
        "payable": ledger.payable_of(request.user.pk),
        "is_held": queries.is_held(request.user.pk),
    }
    status = 422 if form.is_bound else 200
    return render(request, "payments/bank_account.html", context, status=status)
