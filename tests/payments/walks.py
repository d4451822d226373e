"""Short walks through a payment, for a purpose that no other package knows."""

from datetime import UTC, datetime, timedelta

from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.payments.commands import paying
from enishi.payments.models import Payment

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=2)
RETURN = "http://localhost:1/payments/{payment}/return/"


def begin(payer, purpose=1, amount=9_979, at=NOON) -> Payment:
    return paying.begin("test", purpose, amount, payer=payer, at=at, return_url=RETURN)


def settled(provider, payer, purpose=1, amount=9_979) -> Payment:
    payment = begin(payer, purpose, amount)
    provider.pay(payment)
    return paying.settle(payment.pk, at=NOON)


def recorded(prefix="") -> list[str]:
    names = Event.objects.filter(name__startswith=prefix).order_by("id")
    return list(names.values_list("name", flat=True))


def cleared() -> int:
    """What the ledger says that the provider holds."""
    return -ledger.summary().clearing.get("sandbox", 0)
