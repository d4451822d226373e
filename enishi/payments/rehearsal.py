"""The demo's people pay: what a payer does on the sandbox's page, without a browser. And the other
levers of a sandbox that a simulated past needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import httpx
from django.conf import settings

from .commands import paying
from .models import Payment

CARD = "pm_card_visa"
DECLINED = "pm_card_chargeDeclined"


def pay(payment_id: int, *, at: datetime, card: str = CARD) -> Payment:
    """Pay a payment that was begun, and settle it. Only a sandbox has the lever that this pulls."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.provider != "sandbox":
        raise RuntimeError("only the sandbox lets a program pay")
    _pull(f"sessions/{payment.provider_id}/pay", payment_method=card)
    return paying.settle(payment_id, at=at)


def hurry() -> None:
    """Slow payments and payouts on their way arrive at once: a simulated day is over in a blink."""
    _pull("hurry")


@contextmanager
def without_webhooks() -> Iterator[None]:
    """Nothing that happens meanwhile is ever told: the market asked for each answer itself."""
    told = _pull("webhooks")["url"]
    _pull("webhooks", url="")
    try:
        yield
    finally:
        _pull("webhooks", url=told)


def _pull(lever: str, **facts: str) -> Any:
    there = settings.PAYMENT_PROVIDER
    headers = {"authorization": f"Bearer {there['key']}"}
    # The sandbox is on this machine and speaks plainly: reading certificates would take longer.
    with httpx.Client(
        base_url=str(there["url"]), headers=headers, timeout=10, trust_env=False, verify=False
    ) as caller:
        return caller.post(f"/_control/{lever}", data=facts).raise_for_status().json()
