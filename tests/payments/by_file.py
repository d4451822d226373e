"""A market that pays out by file: its settings, people with accounts, and what they earned."""

from itertools import count

from enishi.escrow import commands as escrow
from enishi.payments.commands import banking
from tests.make import NOON

SENDER = {
    "code": "1234567890",
    "name": "カ)エニシ",
    "bank": "0001",
    "bank_name": "ミズホ",
    "branch": "101",
    "branch_name": "トウキョウ",
    "kind": "ordinary",
    "number": "7654321",
}
_keys = count(1)


def use(settings, least=0):
    settings.PAYOUTS = {"by": "file", "least": least}
    settings.SENDER = SENDER


def bank(person, number="0001234", *, at=NOON, **changes):
    parts = {"bank": "0005", "branch": "001", "holder": "ミズノ レン", "name": "ミズノ レン"}
    return banking.add(by=person, at=at, number=number, **parts | changes)


def earn(person, amount, *, at=NOON):
    """Without a deal: what the ledger alone knows."""
    key = next(_keys)
    escrow.fund("test", key, amount, provider="sandbox", at=at, idem=f"earned-{key}")
    shares = {"net": amount, "fee": 0, "fee_tax": 0}
    escrow.release("test", key, to=person.pk, **shares, at=at, idem=f"earn-{key}")
