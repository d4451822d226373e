"""The payer gives back what their bank took, on the provider's page like any payment."""

from datetime import datetime
from typing import Any

from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.payments.models import Chargeback, Payment

from . import paying, refunding
from .owing import locked, settle_part, tell

PURPOSE = "chargeback"  # of a payment that settles what is owed


def begin(chargeback_id: int, *, by: Account, at: datetime, return_url: str) -> Payment:
    """The payer is sent to the provider's page to pay what they owe."""
    owing = Chargeback.objects.get(pk=chargeback_id, payment__payer=by)
    if owing.status != "lost":
        raise Refused("chargeback", "recover", owing.status)
    wish: dict[str, Any] = {"payer": by, "at": at, "return_url": return_url}
    return paying.begin(
        PURPOSE, owing.pk, owing.owed, **wish, description=owing.payment.description
    )


def mark_part(event: Event) -> None:
    """Wired at once to `payment.part_arrived`: the payer hears what is missing. A part for what is
    not owed any more goes back."""
    if event.facts.get("purpose_kind") != PURPOSE:
        return
    rows = Chargeback.objects.select_related("payment__payer")
    chargeback = rows.get(pk=event.facts["purpose_id"])
    if chargeback.status != "lost":
        paying.call_off(PURPOSE, [chargeback.pk], at=event.at)
        return
    whole, arrived = event.facts["amount"], event.facts["arrived"]
    tell(
        "chargeback.partly_paid",
        chargeback,
        at=event.at,
        arrived=arrived,
        missing=whole - arrived,
        whole=whole,
    )


def mark_paid(event: Event) -> None:
    """Wired at once to `payment.settled`: money that was paid in for a chargeback settles it; what
    is not needed any more goes back."""
    if event.facts.get("purpose_kind") != PURPOSE:
        return
    chargeback = locked(event.facts["purpose_id"])
    paid = event.facts["amount"]
    part = min(paid, chargeback.owed) if chargeback.status == "lost" else 0
    if part:
        settle_part(
            chargeback, part, PURPOSE, chargeback.pk, at=event.at, idem=f"paid:{event.subject_id}"
        )
    if rest := paid - part:
        idem = f"late:{event.subject_id}"
        refunding.refund(PURPOSE, chargeback.pk, rest, at=event.at, idem=idem)


@transaction.atomic
def call_off(event: Event) -> None:
    """Subscriber of `chargeback.recovered` and `chargeback.written_off`: a page that stands for it
    is closed, and a part that had come goes back."""
    paying.call_off(PURPOSE, [int(event.subject_id)], at=event.at)
