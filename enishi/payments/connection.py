"""Which provider this market has, and the rule that it is never called inside a transaction; or by
which account of its own the market pays out, where it has no provider for that."""

from functools import cache

from django.conf import settings
from django.db import connection

from enishi.kit import quarantine

from .provider import Provider, Unavailable
from .stripe import Stripe
from .zengin import Sender

BANK = "bank"  # under which name the ledger clears what leaves the operator's own account
PATIENCE = 10.0  # seconds for one call; then the sweep asks again


def name() -> str:
    """Under which name the ledger clears what the present provider holds."""
    return str(settings.PAYMENT_PROVIDER["name"])


def provider() -> Provider:
    """The network may take its time, and a rollback cannot take back what the provider did: so
    calling for it while a transaction is open is a fault of the program."""
    # Django's test case holds one transaction around each test; that one does not count.
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("the provider was about to be called inside a transaction")
    if quarantine.stands():
        raise Unavailable("this is a restored copy: nothing is asked until `enishi release`")
    there = settings.PAYMENT_PROVIDER
    patience = float(there.get("seconds", PATIENCE))
    return _made(str(there["url"]), str(there["key"]), str(there["webhook_secret"]), patience)


@cache
def _made(url: str, key: str, webhook_secret: str, patience: float) -> Provider:
    return Stripe(url=url, key=key, webhook_secret=webhook_secret, patience=patience)


def is_by_file() -> bool:
    """Are workers paid by a file for the operator's bank, instead of by the provider?"""
    return bool(settings.PAYOUTS["by"] == "file")


def sender() -> Sender:
    """Who stands at the head of each file, and which account the money leaves."""
    return Sender(**settings.SENDER)
