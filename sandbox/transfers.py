"""A payer's bank sends money: what was asked for, less, or more, and perhaps long after."""

from . import cash, intents, sessions
from .box import Box, amount_in
from .cash import WAY
from .store import Body
from .web import Request


def arrive(box: Box, customer: str, amount: int, intent: Body | None) -> None:
    """The payer's bank sent this much; an intent that waits for it takes what it needs."""
    cash.note(box, customer, "funded", amount)
    if intent is None or not cash.awaits(intent):
        return
    asked = intent["next_action"][WAY]
    taken = min(asked["amount_remaining"], cash.available(box, customer))
    cash.note(box, customer, "applied_to_payment", -taken, intent["id"])
    asked["amount_remaining"] -= taken
    if asked["amount_remaining"]:
        box.store.save(intent)
        box.announce("payment_intent.partially_funded", intent)
    else:
        intents.succeed(box, intent)
        sessions.follow(box, intent)


def arrive_by_lever(box: Box, request: Request, name: str) -> Body:
    """Control: the payer of this intent transfers `amount` yen, however it stands by now."""
    intent = box.store.get("payment_intent", name)
    arrive(box, intent["customer"], amount_in(request.params), intent)
    return box.store.get("payment_intent", name)


def promise(box: Box, intent: Body, amount: int) -> None:
    """The payer ordered a transfer; it arrives after a while."""
    box.store.remind("transfer.arrive", f"{intent['id']} {amount}", after=box.settings.settle_after)


def keep(box: Box, promised: str) -> None:
    """A transfer that was ordered arrives."""
    name, _, amount = promised.partition(" ")
    intent = box.store.get("payment_intent", name)
    arrive(box, intent["customer"], int(amount), intent)
