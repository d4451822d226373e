"""When an answer stays out: who asks again, when, and with which key."""

from datetime import datetime

from django.db.models import F

from enishi.payments import policy
from enishi.payments.models import Asked


def ask_later(asked: Asked, *, at: datetime, failed: bool) -> None:
    """Only an attempt that is over is counted, and once, however many ran it at the same time."""
    rows = type(asked)._default_manager.filter(pk=asked.pk)
    later = policy.ask_next(asked.created_at, at)
    rows.filter(ask_at__isnull=False).update(ask_at=later)
    if failed:
        rows.filter(tries=asked.tries).update(tries=F("tries") + 1)
