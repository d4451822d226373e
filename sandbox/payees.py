"""Those who are paid: connected accounts with a bank account, transfers to them, their payouts."""

from typing import Any

from . import books
from .box import Box, amount_in, limit_in, needed, take, yen_only
from .cards import BANK_REFUSALS
from .errors import invalid
from .intents import page_of
from .store import Body
from .web import Request

BANK = ("object", "country", "currency", "account_holder_name", "account_holder_type")
ROUTING_DIGITS = 7  # four of the bank, three of the branch
NUMBER_DIGITS = 7


def create_customer(box: Box, request: Request) -> Body:
    params = take(request.params, "email", "name", "preferred_locales", "description")
    return box.store.new("customer", email=params.get("email"), name=params.get("name"))


def list_customers(box: Box, request: Request) -> Body:
    return page_of(box, request, "customer", "email")


def create_account(box: Box, request: Request) -> Body:
    params = take(
        request.params, "type", "country", "email", "capabilities", "external_account", "settings"
    )
    if needed(params, "country") != "JP":
        raise invalid("This program knows accounts in JP only", param="country")
    account = box.store.new(
        "account",
        type=params.get("type"),
        country="JP",
        metadata=params.get("metadata") or {},
        payouts_enabled=True,
    )
    banks = []
    if "external_account" in params:
        banks.append(_new_bank(box, account["id"], params["external_account"]))
    account["external_accounts"] = {"object": "list", "data": banks}
    box.store.save(account)
    return account


def add_bank(box: Box, request: Request, account: str) -> Body:
    params = take(request.params, "external_account", "default_for_currency")
    owner = box.store.get("account", account)
    bank = _new_bank(box, account, needed(params, "external_account"))
    for known in owner["external_accounts"]["data"]:
        known["default_for_currency"] = False
    owner["external_accounts"]["data"].insert(0, bank)
    box.store.save(owner)
    return bank


def _new_bank(box: Box, account: str, given: Any) -> Body:
    if not isinstance(given, dict):
        raise invalid("external_account must be a bank account", param="external_account")
    take(given, *BANK, "account_number", "routing_number")
    number, routing = str(needed(given, "account_number")), str(needed(given, "routing_number"))
    if len(routing) != ROUTING_DIGITS or not routing.isdigit():
        raise invalid("Invalid routing number", code="routing_number_invalid")
    if len(number) != NUMBER_DIGITS or not number.isdigit():
        raise invalid("Invalid account number", code="account_number_invalid")
    return box.store.new(
        "bank_account",
        account=account,
        account_holder_name=needed(given, "account_holder_name"),
        bank_name="えにし試験銀行",
        country="JP",
        currency="jpy",
        default_for_currency=True,
        last4=number[-4:],
        routing_number=routing,
        status="new",
        _refuses=BANK_REFUSALS.get(number, ""),
    )


def create_transfer(box: Box, request: Request) -> Body:
    params = take(request.params, "amount", "currency", "destination", "transfer_group")
    yen_only(params)
    amount = amount_in(params)
    account = box.store.get("account", needed(params, "destination"))
    if amount > box.store.balance(""):
        raise invalid(
            "You have insufficient available funds in your Stripe account.",
            code="balance_insufficient",
        )
    transfer = box.store.new(
        "transfer",
        amount=amount,
        amount_reversed=0,
        currency="jpy",
        destination=account["id"],
        metadata=params.get("metadata") or {},
        reversed=False,
        transfer_group=params.get("transfer_group"),
    )
    books.move(box, "", -amount, "transfer", transfer["id"])
    books.move(box, account["id"], amount, "transfer", transfer["id"])
    box.announce("transfer.created", transfer)
    return transfer


def list_transfers(box: Box, request: Request) -> Body:
    return page_of(box, request, "transfer", "transfer_group", "destination")


def reverse_transfer(box: Box, request: Request, name: str) -> Body:
    params = take(request.params, "amount")
    transfer = box.store.get("transfer", name)
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = amount_in(params) if "amount" in params else left
    if amount > left or not left:
        raise invalid("The transfer has been reversed already.", code="transfer_reversed")
    if amount > box.store.balance(transfer["destination"]):
        raise invalid("Insufficient funds in the account.", code="balance_insufficient")
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    box.store.save(transfer)
    box.announce("transfer.reversed", transfer)
    back = box.store.new(
        "transfer_reversal",
        amount=amount,
        currency="jpy",
        metadata=params.get("metadata") or {},
        transfer=name,
    )
    books.move(box, transfer["destination"], -amount, "transfer_refund", back["id"])
    books.move(box, "", amount, "transfer_refund", back["id"])
    return back


def create_payout(box: Box, request: Request) -> Body:
    params = take(request.params, "amount", "currency", "destination", "method", "description")
    yen_only(params)
    amount = amount_in(params)
    banks = box.store.get("account", request.account)["external_accounts"]["data"]
    wanted = params.get("destination")
    bank = next((one for one in banks if wanted in (None, one["id"])), None)
    if bank is None:
        raise invalid("No such external account", code="resource_missing", param="destination")
    if amount > box.store.balance(request.account):
        raise invalid("You have insufficient funds.", code="balance_insufficient")
    payout = box.store.new(
        "payout",
        amount=amount,
        currency="jpy",
        destination=bank["id"],
        failure_code=None,
        failure_message=None,
        metadata=params.get("metadata") or {},
        status="pending",
        _account=request.account,
        _refuses=bank["_refuses"],
    )
    books.move(box, request.account, -amount, "payout", payout["id"])
    box.announce("payout.created", payout, account=request.account)
    box.store.remind("payout.land", payout["id"], after=box.settings.settle_after)
    return payout


def land(box: Box, payout: Body) -> None:
    """The bank takes the payout, or sends it back."""
    if payout["status"] != "pending":
        return
    if code := payout["_refuses"]:
        payout |= {"status": "failed", "failure_code": code, "failure_message": code}
        books.move(box, payout["_account"], payout["amount"], "payout_reversal", payout["id"])
    else:
        payout["status"] = "paid"
    box.store.save(payout)
    box.announce(f"payout.{payout['status']}", payout, account=payout["_account"])


def _owned(box: Box, request: Request, name: str) -> Body:
    payout = box.store.get("payout", name)
    if payout["_account"] != request.account:
        raise invalid(f"No such payout: '{name}'", code="resource_missing", status=404)
    return payout


def retrieve_payout(box: Box, request: Request, name: str) -> Body:
    return _owned(box, request, name)


def list_payouts(box: Box, request: Request) -> Body:
    params = take(request.params, "limit", "starting_after")
    before, where = params.get("starting_after", ""), ("_account", request.account)
    found, more = box.store.newest("payout", limit=limit_in(params), before=before, where=where)
    return {"object": "list", "url": request.path, "has_more": more, "data": found}


def balance(box: Box, request: Request) -> Body:
    held = box.store.balance(request.account)
    return {
        "object": "balance",
        "livemode": box.store.is_live,
        "available": [{"amount": held, "currency": "jpy"}],
        "pending": [{"amount": 0, "currency": "jpy"}],
    }
