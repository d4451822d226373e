"""What an invoice and a receipt say of a milestone, as plain values (CO11). `documents.invoices`
says what each must state."""

from typing import Any

from django.conf import settings

from enishi.documents import invoices
from enishi.documents.invoices import AGENT
from enishi.events.models import Event
from enishi.kit.days import day_of

from . import order, pay
from .invoicing import issuing
from .models import Milestone


def invoice(milestone: Milestone, paid: pay.Pay) -> dict[str, Any]:
    """Of a milestone that was accepted just now."""
    assert milestone.ended_at is not None
    contract, sums = milestone.contract, order.sums(paid)
    day, how = day_of(milestone.ended_at), issuing(contract.worker_id)
    name = settings.OPERATOR["name"] if how.mode == AGENT else contract.worker.name
    return {
        "mode": how.mode,
        "issuer": {"name": name, "registration_number": how.number},
        "supplied_on": day.isoformat(),
        "by_rate": invoices.by_rate([(paid.amount, contract.rules.consumption_tax)]),
        **{key: sums[key] for key in ("amount", "tax", "withholding", "funds")},
        "deduction": invoices.deduction(how.mode, day),
    }


def receipt(event: Event) -> dict[str, Any]:
    """Of the payment that an event says was settled. The provider does not tell by which means."""
    return {
        "issuer": {"name": settings.OPERATOR["name"], "registration_number": ""},
        "paid_at": event.at.isoformat(),
        "amount": event.facts["amount"],
        "means": "",
        "payment_id": int(event.subject_id),
    }
