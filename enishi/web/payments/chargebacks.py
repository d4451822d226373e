"""The payer's page of a payment that their bank took back: what is owed, and the way to pay it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from enishi.payments import queries as payments
from enishi.payments.commands import repaying
from enishi.payments.models import Chargeback
from enishi.web.access import signed_in

from .views import page_of, return_address


@signed_in
@require_safe
def chargeback(request: HttpRequest, chargeback_id: int) -> HttpResponse:
    """For the payer alone; the office has its own page."""
    found = Chargeback.objects.select_related("payment").get(
        pk=chargeback_id, payment__payer=request.user
    )
    context = {
        "chargeback": found,
        "deal": page_of(found.payment),
        "repayment": payments.payment_of(repaying.PURPOSE, found.pk),
    }
    return render(request, "payments/chargeback.html", context)


@signed_in
@require_POST
def repayment(request: HttpRequest, chargeback_id: int) -> HttpResponse:
    """To the provider's page, with what is owed."""
    payment = repaying.begin(
        chargeback_id, by=request.user, at=request.now, return_url=return_address(request)
    )
    return redirect(payment.hosted_url)
