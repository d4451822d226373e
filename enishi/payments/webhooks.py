"""Webhooks are hints: verified, counted once, and answered by asking the provider for the truth."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from enishi.kit.failpoints import failpoint

from . import connection, provider
from .commands import chargebacks, paying, paying_out, refunding
from .models import Asked, Payment, Payout, Refund, WebhookEvent

Settle = Callable[..., object]
KINDS: dict[str, tuple[type[Asked], Settle]] = {
    "payment": (Payment, paying.settle),
    "refund": (Refund, refunding.settle),
    "payout": (Payout, paying_out.settle),
}


def receive(raw_body: bytes, signature: str, *, at: datetime) -> bool:
    """Act on a webhook; False if it was acted on before. Raises `provider.Forged` when the
    signature is not the provider's or older than five minutes, and `provider.Unavailable` when the
    truth cannot be asked for now, so that the provider sends it again."""
    notice = connection.provider().notice(raw_body, signature)
    known = {"provider": connection.name(), "event_id": notice.id}
    if WebhookEvent.objects.filter(**known).exists():
        return False
    failpoint("webhooks.received")
    if notice.kind:
        _settle(notice, at=at)
    failpoint("webhooks.settled")
    # Only now: had we fallen before, the provider would send the event again.
    event = WebhookEvent(
        **known,
        name=notice.name[:80],
        kind=notice.kind,
        reference=notice.reference[:80],
        received_at=at,
    )
    is_new = bool(WebhookEvent.objects.bulk_create([event], ignore_conflicts=True))
    failpoint("webhooks.counted")
    return is_new


def _settle(notice: provider.Notice, *, at: datetime) -> None:
    if notice.kind == "chargeback":
        chargebacks.hear(notice.reference, at=at)
        return
    if notice.kind == "transfer":
        for pk in _paid_by(notice.reference):
            paying.count(pk, at=at)
        return
    model, settle = KINDS[notice.kind]
    try:
        key = UUID(notice.reference)
    except ValueError:
        return  # another program on the same provider account
    for pk in model._default_manager.filter(key=key).values_list("pk", flat=True):
        if notice.kind == "payment" and Payment.objects.filter(pk=pk, status="created").exists():
            # Opened by a call that still runs: its answer is older than this event.
            settle(pk, at=at)
        settle(pk, at=at)


def _paid_by(customer: str) -> list[int]:
    """A payer is known there under a name of its own for each payment."""
    rows = Payment.objects.filter(customer=customer, provider=connection.name())
    return list(rows.values_list("pk", flat=True))
