"""Stripe's objects in the words of the port. Pure, but for the time until which a bank listens."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from .provider import Complaint, Found, Movement, Nonsense, Transfer

OURS = "enishi"  # the metadata field that carries our reference
MOVEMENTS = {
    "charge": "payment",
    "payment": "payment",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund_back",
    "payment_failure_refund": "refund_back",
    "transfer": "transfer",
    "transfer_refund": "transfer_back",
    "transfer_reversal": "transfer_back",
    "dispute": "chargeback",
    "dispute_reversal": "chargeback_back",
}
COMPLAINTS = {
    "needs_response": "open",
    "under_review": "answered",
    "won": "won",
    "lost": "lost",
    "warning_closed": "inquiry",
    "prevented": "inquiry",
}


def ours(objects: Iterable[Any], reference: str) -> Any:
    """The one of these that carries our reference: an earlier attempt had its effect after all."""
    return next((one for one in objects if getattr(one.metadata, OURS, "") == reference), None)


def _in_yen(subject: Any, amount: int) -> int:
    """A sum of money as we may book it. Raises Nonsense."""
    if subject.currency != "jpy" or amount < 0:
        raise Nonsense(f"{subject.id} is about {amount} {subject.currency}")
    return amount


def complaint(dispute: Any) -> Complaint:
    """Inquiries are named `warning_…`: the bank asks, and no money has moved. Raises Nonsense."""
    if not _in_yen(dispute, dispute.amount):
        raise Nonsense(f"{dispute.id} is about nothing")
    due_by = getattr(dispute.evidence_details, "due_by", None) or 0
    return Complaint(
        id=dispute.id,
        charge=str(dispute.payment_intent or ""),
        status=COMPLAINTS.get(dispute.status, "inquiry"),
        amount=dispute.amount,
        reason=dispute.reason,
        answer_within=timedelta(seconds=int(due_by - time.time())),  # noqa: TID251  # a bank's last day is in real time
    )


def movement(line: Any) -> Movement:
    """Disputes have a type of "adjustment"; only the reporting category tells which they are."""
    source: Any = line.source
    kind = MOVEMENTS.get(line.reporting_category) or MOVEMENTS.get(line.type) or line.type
    reference = getattr(getattr(source, "metadata", None), OURS, "")
    if kind.startswith("chargeback"):
        reference = getattr(source, "id", "")
    return Movement(
        id=line.id,
        kind=kind,
        reference=str(reference),
        source=str(getattr(source, "id", source) or ""),
        amount=line.amount,
        fee=line.fee,
        currency=line.currency,
        account=str(getattr(source, "destination", "") or "") if kind == "transfer" else "",
        is_live=bool(getattr(source, "livemode", False)),
        at=datetime.fromtimestamp(line.created, UTC),
    )


def refund(made: Any) -> Transfer:
    status = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}
    code = made.failure_reason or "" if hasattr(made, "failure_reason") else ""
    return Transfer(made.id, status.get(made.status or "", "sent"), code)


def payout(made: Any) -> Transfer:
    status = {"paid": "succeeded", "failed": "failed", "canceled": "failed"}
    return Transfer(made.id, status.get(made.status, "sent"), made.failure_code or "")


def payment(session: Any) -> Found:
    """A session and its newest intent in one word. Before the first try there is no intent. Raises
    Nonsense."""
    intent: Any = session.payment_intent or None
    customer = str(session.customer or "")
    if intent is None or isinstance(intent, str):
        page = _page(session, None)
        return Found(session.id, _status(session, None), amount=0, page=page, customer=customer)
    failed_try, code = "", ""
    if error := intent.last_payment_error:
        # Which of these Stripe sends depends on how the try failed.
        failed_try = getattr(error, "charge", None) or intent.latest_charge or intent.id
        code = getattr(error, "decline_code", None) or getattr(error, "code", None) or "declined"
    return Found(
        id=session.id,
        status=_status(session, intent),
        amount=_in_yen(intent, intent.amount_received),
        page=_page(session, intent),
        charge=intent.id,
        customer=customer,
        failed_try=str(failed_try),
        failure_code=str(code),
    )


def is_by_transfer(session: Any) -> bool:
    """Did the payer choose the bank? Asked of a session with its intent and the way of paying."""
    intent: Any = session.payment_intent or None
    way = getattr(intent, "payment_method", None)
    return getattr(way, "type", "") == "customer_balance"


def _status(session: Any, intent: Any) -> str:
    if session.payment_status == "paid":
        return "succeeded"
    if session.status == "open":
        return "requires_payment"
    if (
        session.status == "complete"
        and intent
        and intent.status in ("processing", "requires_action", "requires_capture")
    ):
        return "processing"
    # Expired, or a slow payment that failed: this page cannot be paid on any more.
    return "cancelled"


def _page(session: Any, intent: Any) -> str:
    if session.url:
        return str(session.url)
    action = intent.next_action if intent else None
    if action and action.type == "display_bank_transfer_instructions":
        return str(action.display_bank_transfer_instructions.hosted_instructions_url)
    return ""
