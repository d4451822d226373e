"""PaymentIntents: one try after another until the money is there, or the intent is cancelled."""

from typing import Any

from . import books, cash
from .box import CHARGE_LEAST, Box, amount_in, limit_in, needed, take, yen_only
from .cards import METHODS, Outcome
from .errors import ApiError, invalid
from .store import Body, now
from .web import Request

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
KNOWN = (
    "amount",
    "automatic_payment_methods",
    "capture_method",
    "confirm",
    "currency",
    "customer",
    "description",
    "payment_method",
    "payment_method_options",
    "payment_method_types",
    "return_url",
)
SAYINGS = {
    "card_declined": "Your card was declined.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "payment_intent_authentication_failure": "The authentication failed.",
}


def start(box: Box, **facts: Any) -> Body:
    given: Body = {
        "amount_received": 0,
        "canceled_at": None,
        "capture_method": "automatic",
        "last_payment_error": None,
        "latest_charge": None,
        "metadata": {},
        "next_action": None,
        "payment_method": None,
        "status": "requires_payment_method",
    }
    intent = box.store.new("payment_intent", **(given | facts))
    box.announce("payment_intent.created", intent)
    return intent


def captured_at_once(params: Body) -> None:
    """Money that was only authorised expires after days; nobody may hold work against it."""
    if params.get("capture_method", "automatic") != "automatic":
        raise invalid(
            "This program captures at once: capture_method must be automatic.",
            code="parameter_invalid",
            param="capture_method",
        )


def create(box: Box, request: Request) -> Body:
    params = take(request.params, *KNOWN)
    captured_at_once(params)
    intent = start(
        box,
        amount=amount_in(params, least=CHARGE_LEAST),
        currency=yen_only(params),
        customer=params.get("customer"),
        description=params.get("description"),
        metadata=params.get("metadata") or {},
    )
    if params.get("confirm") == "true":
        return _confirm(box, intent, params)
    return intent


def retrieve(box: Box, request: Request, name: str) -> Body:
    return box.store.get("payment_intent", name)


def listing(box: Box, request: Request) -> Body:
    return page_of(box, request, "payment_intent", "customer")


def page_of(
    box: Box, request: Request, kind: str, *filters: str, also: tuple[str, ...] = ()
) -> Body:
    """A page of objects, newest first; at most one of the filters is applied. What `also` names is
    the caller's to look at."""
    params = take(request.params, "limit", "starting_after", *filters, *also)
    limit = limit_in(params)
    where = next(((name, params[name]) for name in filters if name in params), None)
    before = params.get("starting_after", "")
    found, more = box.store.newest(kind, limit=limit, before=before, where=where)
    return {"object": "list", "url": request.path, "has_more": more, "data": found}


def confirm(box: Box, request: Request, name: str) -> Body:
    return _confirm(
        box, box.store.get("payment_intent", name), take(request.params, *KNOWN, "off_session")
    )


def _confirm(box: Box, intent: Body, params: Body) -> Body:
    method = needed(params, "payment_method")
    if method not in METHODS:
        raise invalid(f"No such PaymentMethod: '{method}'", code="resource_missing")
    attempt(box, intent, METHODS[method], method)
    if error := intent["last_payment_error"]:
        raise ApiError(
            402,
            "card_error",
            error["message"],
            code=error["code"],
            keeps=True,
            decline_code=error["decline_code"],
            payment_intent=intent,
        )
    return intent


def attempt(box: Box, intent: Body, outcome: Outcome, method: str) -> None:
    """One try at paying. What it leads to stands in the intent; nothing is raised on a decline."""
    if intent["status"] not in OPEN:
        raise unexpected(intent, "confirm")
    intent |= {"last_payment_error": None, "next_action": None, "payment_method": method}
    if outcome.does in ("succeed", "disputed"):
        succeed(box, intent)
        if outcome.does == "disputed":
            box.store.remind("dispute.open", intent["id"], after=box.settings.settle_after)
    elif outcome.does == "decline":
        decline(box, intent, outcome)
    elif outcome.does == "secure":
        address = f"{box.settings.page_url}/pay/{intent['id']}/secure"
        _wait_for(box, intent, "redirect_to_url", {"url": address})
    elif outcome.does == "transfer":
        address = f"{box.settings.page_url}/pay/{intent['id']}/transfer"
        details = {"hosted_instructions_url": address, "type": "jp_bank_transfer"}
        details["amount_remaining"] = intent["amount"]
        _wait_for(box, intent, "display_bank_transfer_instructions", details)
    else:
        intent["status"] = "processing"
        box.store.save(intent)
        box.announce("payment_intent.processing", intent)
        later = "intent.succeed" if outcome.does == "slow" else "intent.decline"
        box.store.remind(later, intent["id"], after=box.settings.settle_after)


def _wait_for(box: Box, intent: Body, kind: str, details: Body) -> None:
    intent |= {"status": "requires_action", "next_action": {"type": kind, kind: details}}
    box.store.save(intent)
    box.announce("payment_intent.requires_action", intent)


def _charge(box: Box, intent: Body, status: str) -> str:
    charge = box.store.new(
        "charge",
        amount=intent["amount"],
        currency="jpy",
        metadata=intent["metadata"],
        payment_intent=intent["id"],
        status=status,
        amount_refunded=0,
    )
    return str(charge["id"])


def succeed(box: Box, intent: Body) -> None:
    intent |= {"status": "succeeded", "amount_received": intent["amount"], "next_action": None}
    intent |= {"latest_charge": _charge(box, intent, "succeeded"), "last_payment_error": None}
    box.store.save(intent)
    books.move(box, "", intent["amount"], "charge", intent["latest_charge"])
    box.announce("payment_intent.succeeded", intent)


def decline(box: Box, intent: Body, outcome: Outcome) -> None:
    charge = _charge(box, intent, "failed")
    error = {
        "type": "card_error",
        "charge": charge,
        "code": outcome.code,
        "decline_code": outcome.decline_code,
        "message": SAYINGS.get(outcome.code, "The payment failed."),
    }
    intent |= {"status": "requires_payment_method", "last_payment_error": error}
    intent |= {"latest_charge": charge, "next_action": None}
    box.store.save(intent)
    box.announce("payment_intent.payment_failed", intent)


def cancel(box: Box, request: Request, name: str) -> Body:
    take(request.params, "cancellation_reason")
    intent = box.store.get("payment_intent", name)
    if intent["status"] not in OPEN:
        raise unexpected(intent, "cancel")
    cash.free(box, intent)
    intent |= {"status": "canceled", "canceled_at": now(), "next_action": None}
    box.store.save(intent)
    box.announce("payment_intent.canceled", intent)
    return intent


def unexpected(intent: Body, verb: str) -> ApiError:
    return invalid(
        f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}.",
        code="payment_intent_unexpected_state",
        param="",
    )
