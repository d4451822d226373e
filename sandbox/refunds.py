"""Refunds of a succeeded payment, in full or in part, never above what was paid."""

from . import books, cash
from .box import Box, amount_in, needed, take, yen_only
from .errors import invalid
from .intents import page_of
from .store import Body
from .web import Request


def create(box: Box, request: Request) -> Body:
    known = ("amount", "currency", "customer", "origin", "payment_intent", "reason")
    params = take(request.params, *known)
    if params.get("origin") == "customer_balance":
        yen_only(params)
        return cash.send_back(box, params)
    intent = box.store.get("payment_intent", needed(params, "payment_intent"))
    if intent["status"] != "succeeded":
        raise invalid(f"This PaymentIntent ({intent['id']}) does not have a successful charge.")
    charge = box.store.get("charge", intent["latest_charge"])
    left = charge["amount"] - charge["amount_refunded"]
    amount = amount_in(params) if "amount" in params else left
    if not left:
        raise invalid("The charge has already been refunded.", code="charge_already_refunded")
    if amount > left:
        raise invalid(
            f"Refund amount (¥{amount}) is greater than unrefunded amount on charge (¥{left})",
            param="amount",
        )
    if amount > box.store.balance(""):
        raise invalid("Insufficient funds in your balance.", code="balance_insufficient")
    charge["amount_refunded"] += amount
    box.store.save(charge)
    refund = box.store.new(
        "refund",
        amount=amount,
        charge=charge["id"],
        currency="jpy",
        failure_reason=None,
        metadata=params.get("metadata") or {},
        payment_intent=intent["id"],
        reason=params.get("reason"),
        status="succeeded",
    )
    books.move(box, "", -amount, "refund", refund["id"])
    box.announce("refund.created", refund)
    return refund


def fail(box: Box, request: Request, name: str) -> Body:
    """Control: a refund that the card's bank, or the payer's, sends back later."""
    refund = box.store.get("refund", name)
    if refund["status"] == "failed":
        return refund
    refund |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}
    box.store.save(refund)
    if refund["payment_intent"] is None:
        cash.note(box, refund["_customer"], "return_canceled", refund["amount"])
        box.announce("refund.failed", refund)
        return refund
    charge = box.store.get("charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    box.store.save(charge)
    books.move(box, "", refund["amount"], "refund_failure", refund["id"])
    box.announce("refund.failed", refund)
    return refund


def land(box: Box, refund: Body) -> None:
    """The payer's bank took what lay in the customer's account."""
    if refund["status"] == "pending":
        refund["status"] = "succeeded"
        box.store.save(refund)
        box.announce("refund.updated", refund)


def retrieve(box: Box, request: Request, name: str) -> Body:
    return box.store.get("refund", name)


def listing(box: Box, request: Request) -> Body:
    """Newest first; `created[gte]` is where it begins."""
    since = int((request.params.get("created") or {}).get("gte", 0))
    page = page_of(box, request, "refund", "payment_intent", "charge", also=("created",))
    kept = [one for one in page["data"] if one["created"] >= since]
    more = page["has_more"] and len(kept) == len(page["data"])
    return page | {"data": kept, "has_more": more}
