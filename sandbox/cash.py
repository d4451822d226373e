"""Bank transfers: what comes in lies in an account of the customer's own, beside our balance, until
an intent takes it or it is sent back."""

from .box import Box, amount_in, limit_in, needed, take
from .errors import invalid
from .store import Body
from .web import Request

WAY = "display_bank_transfer_instructions"


def available(box: Box, customer: str) -> int:
    """What no intent has taken."""
    row = box.store.db.execute(
        "select coalesce(sum(json_extract(body, '$.net_amount')), 0) from objects"
        " where kind = 'customer_cash_balance_transaction'"
        " and json_extract(body, '$.customer') = ?",
        (customer,),
    ).fetchone()
    return int(row[0])


def note(box: Box, customer: str, kind: str, amount: int, intent: str = "") -> Body:
    """One line of the customer's account; negative: it leaves."""
    facts: Body = {kind: {"payment_intent": intent}} if intent else {}
    line = box.store.new(
        "customer_cash_balance_transaction",
        currency="jpy",
        customer=customer,
        ending_balance=available(box, customer) + amount,
        net_amount=amount,
        type=kind,
        **facts,
    )
    box.announce("customer_cash_balance_transaction.created", line)
    return line


def awaits(intent: Body) -> bool:
    """Does this intent wait for a bank transfer, or for the rest of one?"""
    return bool(intent["status"] == "requires_action" and WAY in (intent["next_action"] or {}))


def free(box: Box, intent: Body) -> None:
    """A cancelled intent gives back what it had taken, before it forgets what it waited for."""
    if not awaits(intent):
        return
    if taken := intent["amount"] - intent["next_action"][WAY]["amount_remaining"]:
        note(box, intent["customer"], "unapplied_from_payment", taken, intent["id"])


def send_back(box: Box, params: Body) -> Body:
    """A refund of what lies in the customer's account. The bank takes its time."""
    customer = box.store.get("customer", needed(params, "customer"))
    amount = amount_in(params)
    if amount > available(box, customer["id"]):
        raise invalid(
            "The customer's cash balance is not enough for this refund.",
            code="insufficient_funds",
            param="amount",
        )
    note(box, customer["id"], "return_initiated", -amount)
    refund = box.store.new(
        "refund",
        amount=amount,
        charge=None,
        currency="jpy",
        failure_reason=None,
        metadata=params.get("metadata") or {},
        payment_intent=None,
        reason=None,
        status="pending",
        _customer=customer["id"],
    )
    box.announce("refund.created", refund)
    box.store.remind("refund.land", refund["id"], after=box.settings.settle_after)
    return refund


def listing(box: Box, request: Request, customer: str) -> Body:
    """The lines of one customer's account, newest first."""
    params = take(request.params, "limit", "starting_after")
    box.store.get("customer", customer)
    found, more = box.store.newest(
        "customer_cash_balance_transaction",
        limit=limit_in(params),
        before=params.get("starting_after", ""),
        where=("customer", customer),
    )
    return {"object": "list", "url": request.path, "has_more": more, "data": found}


def held(box: Box, request: Request) -> Body:
    """Control: all that lies beside our balance: what no intent took, and what those that still
    wait have taken."""
    lines = box.store.db.execute(
        "select coalesce(sum(json_extract(body, '$.net_amount')), 0) from objects"
        " where kind = 'customer_cash_balance_transaction'"
    ).fetchone()
    rows = box.store.db.execute(
        "select coalesce(sum(json_extract(body, '$.amount')"
        f" - json_extract(body, '$.next_action.{WAY}.amount_remaining')), 0) from objects"
        " where kind = 'payment_intent' and json_extract(body, '$.status') = 'requires_action'"
        f" and json_extract(body, '$.next_action.{WAY}') is not null"
    ).fetchone()
    return {"held": int(lines[0]) + int(rows[0])}
