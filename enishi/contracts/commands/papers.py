"""The papers that acts on a milestone leave behind (CO11). The caller holds the contract's lock."""

from datetime import datetime
from typing import Any

from enishi.contracts import bills, pay, slips
from enishi.contracts.models import Delivery, Milestone
from enishi.documents import commands as documents
from enishi.documents.models import Document
from enishi.events.models import Event


def delivered(milestone: Milestone, delivery: Delivery, *, at: datetime) -> None:
    files = delivery.files.order_by("id")
    _issue(milestone, at, delivery_note=slips.delivery_note(milestone, delivery, files))


def accepted(milestone: Milestone, paid: pay.Pay, *, paid_before: int, at: datetime) -> Document:
    """That it was accepted, what the payment is made of, and the worker's invoice for it. Gives the
    payment statement."""
    delivery = milestone.deliveries.order_by("-number")[0]
    _, statement, _ = _issue(
        milestone,
        at,
        inspection_record=slips.inspection_record(milestone, delivery),
        payment_statement=slips.payment_statement(
            milestone, delivery, paid, paid_before=paid_before
        ),
        invoice=bills.invoice(milestone, paid),
    )
    return statement


def settled(
    milestone: Milestone,
    paid: pay.Pay,
    *,
    paid_before: int,
    returned: int,
    reason: str,
    at: datetime,
) -> None:
    """What the office divided: the payment statement says how, the invoice is for the part paid.
    Nothing paid leaves no paper: the refund is the client's own."""
    if not paid.amount:
        return
    delivery = milestone.deliveries.order_by("-number").first()
    statement = slips.payment_statement(milestone, delivery, paid, paid_before=paid_before)
    how = {"price": milestone.amount, "returned": returned, "reason": reason}
    invoice = bills.invoice(milestone, paid)
    _issue(milestone, at, payment_statement=statement | {"settled": how}, invoice=invoice)


def funded(milestone: Milestone, event: Event) -> Document:
    """The client's receipt for what came into escrow; the worker has no part in it."""
    contract, body = milestone.contract, slips.head(milestone) | bills.receipt(event)
    client = [contract.client_id]
    return documents.issue("receipt", contract, body=body, parties=client, at=event.at)


def _issue(milestone: Milestone, at: datetime, **bodies: dict[str, Any]) -> list[Document]:
    contract, head = milestone.contract, slips.head(milestone)
    sides = [contract.client_id, contract.worker_id]
    return [
        documents.issue(kind, contract, body=head | body, parties=sides, at=at)
        for kind, body in bodies.items()
    ]
