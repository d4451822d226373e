"""Bank transfers that no payment took lie at the provider beside our balance: parts of what was
asked for, too much, money on its way back. They are counted payment by payment (M9)."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Coalesce

from enishi.payments.commands import paying
from enishi.payments.lifecycle import PAYMENT_OPEN
from enishi.payments.models import Payment
from enishi.payments.provider import Found, Movement, Nonsense

from .books import BESIDE

logger = logging.getLogger(__name__)

STILL_COMES = timedelta(days=90)  # so long after a payment its account is asked for more


def movements(provider: str, *, at: datetime) -> Iterator[Movement]:
    """What the provider says of each, after it was booked: money that nobody told us of is counted
    instead of being a difference."""
    for pk, key, amount in _asked_about(provider, at=at):
        try:
            found = paying.count(pk, at=at)
        except Nonsense:
            logger.exception("payment %s could not be counted", pk)
            continue
        if found and (left := _left(found, amount)):
            yield _movement(str(key), left, found, at=at)


def _asked_about(provider: str, *, at: datetime) -> list[tuple[int, UUID, int]]:
    """Payments for which money lies there, or may still come."""
    went = Q(refunds__of="transfer", refunds__status="succeeded")
    taken = Case(When(status="succeeded", then=F("amount")), default=0)
    lies = F("arrived") - taken - Coalesce(Sum("refunds__amount", filter=went), 0)
    waits = Q(status__in=PAYMENT_OPEN) | Q(arrived__gt=0, created_at__gt=at - STILL_COMES)
    rows = Payment.objects.filter(provider=provider).annotate(lies=lies)
    asked = rows.filter(waits | Q(arrived__gt=0, lies__gt=0)).order_by("id")
    return list(asked.values_list("pk", "key", "amount"))


def _left(found: Found, amount: int) -> int:
    """Yen that lie there for this payment and are not in our balance."""
    taken = amount if found.arrived and found.status == "succeeded" else 0
    return found.arrived - found.returned - taken


def _movement(key: str, left: int, found: Found, *, at: datetime) -> Movement:
    return Movement(
        id=found.customer,
        kind=BESIDE,
        reference=key,
        source=found.customer,
        amount=left,
        fee=0,
        currency="jpy",
        account="",
        is_live=settings.LIVE,
        at=at,
    )
