"""The slips of a milestone as plain values: delivery note, inspection record, payment statement
(CO11). `documents.slips` says what each must state."""

from collections.abc import Iterable
from typing import Any

from enishi.documents.models import Document
from enishi.kit.days import day_of, days_after, last_day

from . import order, pay, policy
from .invoicing import issuing
from .models import Contract, Delivery, DeliveryFile, Milestone


def head(milestone: Milestone) -> dict[str, Any]:
    """What every slip of a milestone begins with; the other functions give what follows."""
    contract: Contract = milestone.contract
    sheet = Document.objects.about(contract).filter(kind="order_sheet")
    return {
        "version": 1,
        "contract_id": contract.pk,
        "order_number": sheet.values_list("number", flat=True).last() or "",
        "title": contract.title,
        "milestone": milestone.position,
        "milestone_title": milestone.title,
        **order.sides(contract, issuing(contract.worker_id)),
    }


def delivery_note(
    milestone: Milestone, delivery: Delivery, files: Iterable[DeliveryFile]
) -> dict[str, Any]:
    contract = milestone.contract
    return {
        "delivery": delivery.number,
        "due_on": milestone.due_on.isoformat(),
        "delivered_at": delivery.at.isoformat(),
        "body": delivery.body,
        "files": [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in files],
        "inspect_until_on": last_day(days_after(delivery.at, contract.inspection_days)).isoformat(),
    }


def inspection_record(milestone: Milestone, delivery: Delivery) -> dict[str, Any]:
    """Of a milestone that was accepted just now."""
    assert milestone.ended_at is not None
    return {
        "delivery": delivery.number,
        "delivered_at": delivery.at.isoformat(),
        "accepted_at": milestone.ended_at.isoformat(),
        "accepted_by": "rules" if milestone.is_deemed else "client",
        "revisions": milestone.rounds_used,
        "amount": milestone.amount,
    }


def payment_statement(
    milestone: Milestone, delivery: Delivery | None, paid: pay.Pay, *, paid_before: int
) -> dict[str, Any]:
    """Of a milestone that was accepted, or settled by the office, just now."""
    assert milestone.ended_at is not None
    contract = milestone.contract
    ended_on = day_of(milestone.ended_at)
    delivered_on = day_of(delivery.at) if delivery else ended_on
    latest = policy.payment_day(
        delivered_on, inspection_days=(ended_on - delivered_on).days, rules=contract.rules
    )
    return {
        "delivered_at": delivery.at.isoformat() if delivery else "",
        "accepted_at": milestone.ended_at.isoformat(),
        "pay_until_on": latest.isoformat(),
        "paid_before": paid_before,
        **order.sums(paid),
    }
