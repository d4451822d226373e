"""Disputes: a payer's bank takes a payment back, hears our side, and decides."""

from . import books
from .box import Box, amount_in, needed, take
from .errors import invalid
from .intents import page_of
from .store import Body, now
from .web import Request

ANSWER_WITHIN = 9 * 24 * 60 * 60
EVIDENCE = {"access_activity_log", "product_description", "service_date", "uncategorized_text"}
LOSING = "losing_evidence"  # as in Stripe's own test mode
UNDECIDED = ("needs_response", "under_review")


def start(box: Box, intent: Body, *, amount: int, reason: str) -> Body:
    """The money leaves our balance at once, even below zero."""
    if intent["status"] != "succeeded":
        raise invalid("Only a payment that succeeded can be disputed.")
    dispute = box.store.new(
        "dispute",
        amount=amount,
        charge=intent["latest_charge"],
        currency="jpy",
        evidence={},
        evidence_details={
            "due_by": now() + ANSWER_WITHIN,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        metadata={},
        payment_intent=intent["id"],
        reason=reason,
        status="needs_response",
    )
    books.move(box, "", -amount, "dispute", dispute["id"])
    box.announce("charge.dispute.created", dispute)
    box.announce("charge.dispute.funds_withdrawn", dispute)
    return dispute


def retrieve(box: Box, request: Request, name: str) -> Body:
    return box.store.get("dispute", name)


def listing(box: Box, request: Request) -> Body:
    return page_of(box, request, "dispute", "payment_intent", "charge")


def update(box: Box, request: Request, name: str) -> Body:
    """Evidence is collected, and with `submit` goes to the bank, which then decides."""
    params = take(request.params, "evidence", "submit")
    dispute = box.store.get("dispute", name)
    if dispute["status"] != "needs_response":
        raise invalid(f"This dispute has a status of {dispute['status']}.")
    evidence = params.get("evidence") or {}
    for given in evidence:
        if given not in EVIDENCE:
            raise invalid(
                f"Received unknown parameter: evidence[{given}]", code="parameter_unknown"
            )
    dispute["evidence"] |= evidence
    details = dispute["evidence_details"]
    details["has_evidence"] = bool(dispute["evidence"])
    if params.get("submit") == "true":
        details["submission_count"] += 1
        dispute["status"] = "under_review"
        box.store.remind("dispute.decide", name, after=box.settings.settle_after)
    box.store.save(dispute)
    box.announce("charge.dispute.updated", dispute)
    return dispute


def end(box: Box, dispute: Body, *, is_won: bool) -> Body:
    """The bank has decided. What we won is in our balance again."""
    if dispute["status"] not in UNDECIDED:
        return dispute
    dispute["status"] = "won" if is_won else "lost"
    box.store.save(dispute)
    if is_won:
        books.move(box, "", dispute["amount"], "dispute_reversal", dispute["id"])
        box.announce("charge.dispute.funds_reinstated", dispute)
    box.announce("charge.dispute.closed", dispute)
    return dispute


def open_by_lever(box: Box, request: Request, name: str) -> Body:
    """Control: the payer of this intent complains to the bank, of all of it or a part."""
    params = request.params
    intent = box.store.get("payment_intent", name)
    amount = amount_in(params) if "amount" in params else intent["amount"]
    return start(box, intent, amount=amount, reason=params.get("reason", "fraudulent"))


def decide_by_lever(box: Box, request: Request, name: str) -> Body:
    """Control: the bank decides now: outcome=won or lost."""
    is_won = needed(request.params, "outcome") == "won"
    dispute = box.store.get("dispute", name)
    if dispute["status"] not in UNDECIDED:
        raise invalid("The bank has decided already.")
    return end(box, dispute, is_won=is_won)
