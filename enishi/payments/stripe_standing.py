"""What Stripe says of the account behind our key, read without changing anything there."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import stripe

from .provider import Endpoint, Standing

NEWEST = 100  # payments that are looked at for a capture by hand
Read = Callable[[dict[str, Any]], object]


def examined(client: stripe.V1Services, key: str) -> Standing:
    """Raises what the library raises when nobody answers; a right that the key lacks is an
    answer."""
    balance: Any = None
    with suppress(stripe.PermissionError):
        balance = client.balance.retrieve()
    account: Any = None
    with suppress(stripe.PermissionError):
        account = client.accounts.retrieve_current()
    capabilities = getattr(account, "capabilities", None)
    return Standing(
        key=_kind(key),
        is_live=bool(balance and balance.livemode),
        account=str(getattr(account, "id", "")),
        country=str(getattr(account, "country", "") or ""),
        currency=str(getattr(account, "default_currency", "") or ""),
        takes_payments=bool(getattr(account, "charges_enabled", False)),
        pays_out=bool(getattr(account, "payouts_enabled", False)),
        abilities=capabilities.to_dict() if capabilities else {},
        unreadable=tuple(name for name, read in _needed(client).items() if not _may(read)),
        needless=tuple(name for name, read in _needless(client).items() if _may(read)),
        endpoints=tuple(_endpoints(client)),
        by_hand=_captured_by_hand(client),
        ahead=_ahead(balance),
    )


def _kind(key: str) -> str:
    return {"sk": "full", "rk": "restricted"}.get(key.partition("_")[0], "unknown")


def _needed(client: stripe.V1Services) -> dict[str, Read]:
    """The name of each right, as the page of keys calls it, and the cheapest call that needs it."""
    return {
        "Account": lambda _: client.accounts.retrieve_current(),
        "Balance": lambda _: client.balance.retrieve(),
        "Balance transactions": lambda one: client.balance_transactions.list(params=one),
        "Checkout Sessions": lambda one: client.checkout.sessions.list(params=one),
        "Connected accounts": lambda one: client.accounts.list(params=one),
        "Customers": lambda one: client.customers.list(params=one),
        "Disputes": lambda one: client.disputes.list(params=one),
        "PaymentIntents": lambda one: client.payment_intents.list(params=one),
        "Payouts": lambda one: client.payouts.list(params=one),
        "Charges and Refunds": lambda one: client.refunds.list(params=one),
        "Transfers": lambda one: client.transfers.list(params=one),
        "Webhook Endpoints": lambda one: client.webhook_endpoints.list(params=one),
    }


def _needless(client: stripe.V1Services) -> dict[str, Read]:
    """What a program that moves other people's money has no use for."""
    return {"Subscriptions": lambda one: client.subscriptions.list(params=one)}


def _may(read: Read) -> bool:
    try:
        read({"limit": 1})
    except stripe.PermissionError:
        return False
    return True


def _endpoints(client: stripe.V1Services) -> Iterable[Endpoint]:
    with suppress(stripe.PermissionError):
        for one in client.webhook_endpoints.list(params={"limit": 100}).auto_paging_iter():
            yield Endpoint(one.url, is_on=one.status == "enabled", events=tuple(one.enabled_events))


def _captured_by_hand(client: stripe.V1Services) -> tuple[str, ...]:
    with suppress(stripe.PermissionError):
        newest = client.payment_intents.list(params={"limit": NEWEST})
        return tuple(one.id for one in newest.data if one.capture_method == "manual")
    return ()


def _ahead(answer: Any) -> timedelta | None:
    """By how much the provider's clock is ahead of this machine's. None: its answer had no date."""
    headers = getattr(getattr(answer, "last_response", None), "headers", {}) or {}
    dated = headers.get("date") or headers.get("Date")
    if not dated:
        return None
    return timedelta(seconds=round(parsedate_to_datetime(dated).timestamp() - time.time()))  # noqa: TID251  # both are in real time
