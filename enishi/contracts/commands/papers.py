"""The papers that acts on a milestone leave behind (CO11). The caller holds the contract's lock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enishi.contracts import pay, slips
from enishi.contracts.models import Delivery, Milestone
from enishi.documents import commands as documents
from enishi.documents.models import Document


def delivered(milestone: Milestone, delivery: Delivery, *, at: datetime) -> Document:
    files = delivery.files.order_by("id")
    return _issue("delivery_note", milestone, slips.delivery_note(milestone, delivery, files), at)


def accepted(milestone: Milestone, paid: pay.Pay, *, paid_before: int, at: datetime) -> Document:
    """That it was accepted, and what the payment is made of. Gives the payment statement."""
    delivery = milestone.deliveries.order_by("-number")[0]
    _issue("inspection_record", milestone, slips.inspection_record(milestone, delivery), at)
    statement = slips.payment_statement(milestone, delivery, paid, paid_before=paid_before)
    return _issue("payment_statement", milestone, statement, at)


def _issue(kind: str, milestone: Milestone, body: Mapping[str, Any], at: datetime) -> Document:
    contract = milestone.contract
    sides = [contract.client_id, contract.worker_id]
    return documents.issue(kind, contract, body=body, parties=sides, at=at)
