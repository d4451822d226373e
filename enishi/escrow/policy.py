"""What the ledger promises, as plain values: names of accounts, kinds of entries, sums. Pure.

Credits are positive. Escrow, payable and fee accounts never fall below zero. Clearing accounts
mirror the provider, so what the provider holds for us stands there as a negative balance. What
people owe the market stands as a negative balance too, and never rises above zero. The market's own
account takes what it bears itself, and what it put right.
"""

from collections.abc import Mapping

from enishi.kit.money import MOST

KINDS = (
    *("fund", "partial_fund", "excess", "release", "refund", "refund_failed"),
    *("payout", "payout_failed", "split"),
    *("chargeback", "chargeback_won", "recovery", "write_off", "correction"),
    "payout_cancelled",
)
NOT_EARNED = ("payout_failed", "payout_cancelled")  # what only came back to its owner
SHARDS = 16  # no single hot row: fees and clearing are spread over this many accounts
CLEARING = "clearing:"
RECEIVABLE = "receivable:"
OWN = "own:"
UNBOUNDED = (CLEARING, OWN)


def escrow(purpose_kind: str, purpose_id: int) -> str:
    return f"escrow:{purpose_kind}:{purpose_id}"


def payable(account_id: int) -> str:
    return f"payable:{account_id}"


def fee(purpose_id: int) -> str:
    return f"fee:{purpose_id % SHARDS}"


def fee_tax(purpose_id: int) -> str:
    return f"fee-tax:{purpose_id % SHARDS}"


def clearing(provider: str, purpose_id: int) -> str:
    return f"{CLEARING}{provider}:{purpose_id % SHARDS}"


def receivable(account_id: int) -> str:
    """What this person owes the market, as a negative balance."""
    return f"{RECEIVABLE}{account_id}"


def own(purpose_id: int) -> str:
    """The market's own money: negative is what it has borne."""
    return f"{OWN}{purpose_id % SHARDS}"


def floor_of(code: str) -> int | None:
    return None if code.startswith((*UNBOUNDED, RECEIVABLE)) else 0


def ceiling_of(code: str) -> int | None:
    return 0 if code.startswith(RECEIVABLE) else None


def is_amount(amount: int) -> bool:
    return 0 < amount <= MOST


def moved(source: str, shares: Mapping[str, int]) -> dict[str, int]:
    """Lines that take the sum of the shares out of one account. Empty shares get no line."""
    given = {code: amount for code, amount in shares.items() if amount}
    return {source: -sum(given.values()), **given}


def gathered(shares: Mapping[int, int], into: str) -> dict[str, int]:
    """Lines that take what each of these people is owed into one account."""
    taken = {payable(account_id): -amount for account_id, amount in shares.items() if amount}
    return taken | {into: -sum(taken.values())}
