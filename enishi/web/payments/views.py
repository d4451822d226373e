"""The payer comes back from the provider's page; the provider tells what happened."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from enishi.contracts.models import Milestone
from enishi.payments import webhooks
from enishi.payments.commands import paying
from enishi.payments.models import Payment
from enishi.payments.provider import Declined, Forged, Unavailable
from enishi.web.access import machine_only, signed_in

logger = logging.getLogger(__name__)


def return_address(request: HttpRequest) -> str:
    """Where the provider sends the payer back to; `begin` puts the payment's id in."""
    return settings.URL + reverse("payment_return", args=[0]).replace("/0/", "/{payment}/")


@signed_in
@require_safe
def returning(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Ask the provider at once, so that the page says what just happened, webhook or not."""
    payment = Payment.objects.get(pk=payment_id, payer=request.user)
    try:
        payment = paying.settle(payment_id, at=request.now)
    except (Unavailable, Declined) as trouble:
        # The page shows the payment as it was; the sweep asks again.
        logger.warning("payment %s on return: %s", payment_id, trouble)
    return redirect(page_of(payment))


def page_of(payment: Payment) -> str:
    """The page of what was paid for."""
    if payment.purpose_kind == "milestone":
        contract_id = Milestone.objects.values_list("contract_id", flat=True).get(
            pk=payment.purpose_id
        )
        return reverse("contract", args=[contract_id])
    if payment.purpose_kind == "chargeback":
        return reverse("chargeback", args=[payment.purpose_id])
    return "/"


@csrf_exempt
@machine_only
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Signed by the provider. 503 asks it to send the event again."""
    try:
        webhooks.receive(request.body, request.headers.get("Stripe-Signature", ""), at=request.now)
    except Forged:
        return HttpResponse(status=400)
    except (Unavailable, Declined) as trouble:
        logger.warning("webhook: %s", trouble)
        return HttpResponse(status=503)
    return HttpResponse(status=200)
