"""The demo's people pay: what a payer does on the sandbox's page, without a browser."""

from datetime import datetime

import httpx
from django.conf import settings

from .commands import paying
from .models import Payment

CARD = "pm_card_visa"
DECLINED = "pm_card_chargeDeclined"
TRANSFER = "pm_jp_bank_transfer"


def pay(payment_id: int, *, at: datetime, card: str = CARD) -> Payment:
    """Pay a payment that was begun, and settle it. Only a sandbox has the lever that this pulls."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.provider != "sandbox":
        raise RuntimeError("only the sandbox lets a program pay")
    with _caller() as caller:
        path = f"/_control/sessions/{payment.provider_id}/pay"
        caller.post(path, data={"payment_method": card}).raise_for_status()
    return paying.settle(payment_id, at=at)


def _caller() -> httpx.Client:
    there = settings.PAYMENT_PROVIDER
    headers = {"authorization": f"Bearer {there['key']}"}
    return httpx.Client(base_url=str(there["url"]), headers=headers, timeout=10, trust_env=False)
