"""Checkout Sessions: the hosted page on which a payer chooses how to pay, and may try again."""

from typing import Any

from . import intents
from .box import CHARGE_LEAST, Box, amount_in, needed, take, yen_only
from .cards import METHODS, Outcome
from .errors import invalid
from .store import Body, now
from .web import Request

LIFE = 24 * 60 * 60
KNOWN = (
    "cancel_url",
    "client_reference_id",
    "customer",
    "line_items",
    "locale",
    "mode",
    "payment_intent_data",
    "payment_method_options",
    "payment_method_types",
    "submit_type",
    "success_url",
)


def create(box: Box, request: Request) -> Body:
    params = take(request.params, *KNOWN)
    if needed(params, "mode") != "payment":
        raise invalid("Invalid mode: only payment is known here", param="mode")
    ways = params.get("payment_method_types") or ["card"]
    if "customer_balance" in ways:
        needed(params, "customer")
        _bank_transfer_asked(params.get("payment_method_options") or {})
    asked = params.get("payment_intent_data") or {}
    intents.captured_at_once(asked)
    amount, title = _lines(needed(params, "line_items"))
    session = box.store.new(
        "checkout.session",
        amount_total=amount,
        cancel_url=params.get("cancel_url"),
        client_reference_id=params.get("client_reference_id"),
        currency="jpy",
        customer=params.get("customer"),
        expires_at=now() + LIFE,
        locale=params.get("locale"),
        metadata=params.get("metadata") or {},
        mode="payment",
        payment_intent=None,
        payment_method_types=ways,
        payment_status="unpaid",
        status="open",
        success_url=needed(params, "success_url"),
        _title=title,
        _intent=asked,
    )
    session["url"] = f"{box.settings.page_url}/pay/{session['id']}"
    box.store.save(session)
    box.store.remind("session.expire", session["id"], after=LIFE)
    return session


def _lines(lines: Any) -> tuple[int, str]:
    """What is to be paid, and for what: exactly one line at a price given on the spot."""
    if not isinstance(lines, list) or len(lines) != 1:
        raise invalid("This program takes exactly one line item", param="line_items")
    price = needed(lines[0], "price_data")
    yen_only(price)
    if lines[0].get("quantity", "1") != "1":
        raise invalid("This program takes a quantity of 1", param="line_items[0][quantity]")
    amount = amount_in(price, name="unit_amount", least=CHARGE_LEAST)
    return amount, str(needed(needed(price, "product_data"), "name"))


def _bank_transfer_asked(options: Body) -> None:
    asked = options.get("customer_balance") or {}
    kind = (asked.get("bank_transfer") or {}).get("type")
    if asked.get("funding_type") != "bank_transfer" or kind != "jp_bank_transfer":
        raise invalid(
            "customer_balance needs funding_type=bank_transfer and a jp_bank_transfer",
            param="payment_method_options",
        )


def listing(box: Box, request: Request) -> Body:
    return intents.page_of(box, request, "checkout.session", "customer")


def retrieve(box: Box, request: Request, name: str) -> Body:
    session = box.store.get("checkout.session", name)
    wanted = request.params.get("expand") or []
    if "payment_intent" in wanted and session["payment_intent"]:
        intent = box.store.get("payment_intent", session["payment_intent"])
        if "payment_intent.payment_method" in wanted and intent["payment_method"]:
            intent["payment_method"] = _method(intent["payment_method"])
        session["payment_intent"] = intent
    return session


def _method(name: str) -> Body:
    kind = "customer_balance" if name.endswith("bank_transfer") else "card"
    return {"id": name, "object": "payment_method", "type": kind}


def expire(box: Box, request: Request, name: str) -> Body:
    session = box.store.get("checkout.session", name)
    if session["status"] != "open":
        raise invalid(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of {session['status']}."
        )
    return close(box, session)


def close(box: Box, session: Body) -> Body:
    session |= {"status": "expired", "url": None}
    box.store.save(session)
    if session["payment_intent"]:
        intent = box.store.get("payment_intent", session["payment_intent"])
        intent |= {"status": "canceled", "canceled_at": now(), "next_action": None}
        box.store.save(intent)
        box.announce("payment_intent.canceled", intent)
    box.announce("checkout.session.expired", session)
    return session


def pay(box: Box, request: Request, name: str) -> Body:
    """Control: what the payer does on the hosted page, without the page."""
    session = box.store.get("checkout.session", name)
    method = needed(request.params, "payment_method")
    if method not in METHODS:
        raise invalid(f"No such PaymentMethod: '{method}'", code="resource_missing")
    attempt(box, session, METHODS[method], method)
    return session


def attempt(box: Box, session: Body, outcome: Outcome, method: str) -> Body:
    """One try on the page. The intent is born with the first."""
    if session["status"] != "open":
        raise invalid(f"This Checkout Session has a status of {session['status']}.")
    if session["payment_intent"]:
        intent = box.store.get("payment_intent", session["payment_intent"])
    else:
        asked = session["_intent"]
        intent = intents.start(
            box,
            amount=session["amount_total"],
            currency="jpy",
            customer=session["customer"],
            description=asked.get("description"),
            metadata=asked.get("metadata") or {},
            _session=session["id"],
        )
        session["payment_intent"] = intent["id"]
        box.store.save(session)
    intents.attempt(box, intent, outcome, method)
    follow(box, intent)
    return intent


def follow(box: Box, intent: Body) -> None:
    """The session goes the way of its intent: done when money came or is sure to be awaited."""
    if not intent.get("_session"):
        return
    session = box.store.get("checkout.session", intent["_session"])
    was_open = session["status"] == "open"
    action = (intent["next_action"] or {}).get("type")
    if intent["status"] == "succeeded":
        session |= {"status": "complete", "payment_status": "paid", "url": None}
        name = "completed" if was_open else "async_payment_succeeded"
    elif was_open and (
        intent["status"] == "processing" or action == "display_bank_transfer_instructions"
    ):
        session |= {"status": "complete", "url": None}
        name = "completed"
    elif not was_open and intent["status"] == "requires_payment_method":
        name = "async_payment_failed"
    else:
        return
    box.store.save(session)
    box.announce(f"checkout.session.{name}", session)
