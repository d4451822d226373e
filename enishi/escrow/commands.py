"""Every movement of money in the ledger, one verb a kind of entry. Each is one statement, whole or
not at all, inside the caller's transaction; it gives the entry, and asked again with the same
`idem` the entry that stands.

All raise Refused: `escrow.amount_out_of_range`, `escrow.not_enough`, `escrow.more_than_owed`, or
`escrow.key_reused` when the key stands for something else. Amounts are whole yen above zero.
"""

from collections.abc import Mapping
from datetime import datetime

from enishi.kit.errors import Refused

from . import policy
from .models import Entry
from .posting import post


def fund(
    purpose_kind: str, purpose_id: int, amount: int, *, provider: str, at: datetime, idem: str
) -> Entry:
    """Money that the provider holds for us comes into escrow for one purpose."""
    about = (purpose_kind, purpose_id)
    return _come_in("fund", *about, amount, provider=provider, at=at, idem=idem)


def _come_in(
    kind: str,
    purpose_kind: str,
    purpose_id: int,
    amount: int,
    *,
    provider: str,
    at: datetime,
    idem: str,
) -> Entry:
    lines = policy.moved(
        policy.clearing(provider, purpose_id), {policy.escrow(purpose_kind, purpose_id): amount}
    )
    return post(kind, lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


def fund_partly(
    purpose_kind: str, purpose_id: int, amount: int, *, provider: str, at: datetime, idem: str
) -> Entry:
    """A bank transfer of less than was asked for stands in escrow, and waits for the rest."""
    about = (purpose_kind, purpose_id)
    return _come_in("partial_fund", *about, amount, provider=provider, at=at, idem=idem)


def exceed(
    purpose_kind: str, purpose_id: int, amount: int, *, provider: str, at: datetime, idem: str
) -> Entry:
    """More came by bank transfer than was asked for; a refund follows in the same act."""
    about = (purpose_kind, purpose_id)
    return _come_in("excess", *about, amount, provider=provider, at=at, idem=idem)


def release(
    purpose_kind: str,
    purpose_id: int,
    *,
    to: int,
    net: int,
    fee: int,
    fee_tax: int,
    at: datetime,
    idem: str,
    kind: str = "release",
) -> Entry:
    """Escrow is divided between the person who earned it and the platform's fee with its tax."""
    if min(net, fee, fee_tax) < 0:
        raise Refused.because("escrow.amount_out_of_range")
    shares = {
        policy.payable(to): net,
        policy.fee(purpose_id): fee,
        policy.fee_tax(purpose_id): fee_tax,
    }
    lines = policy.moved(policy.escrow(purpose_kind, purpose_id), shares)
    total = net + fee + fee_tax
    facts = {"to": to, "net": net, "fee": fee, "fee_tax": fee_tax}
    return post(kind, lines, purpose_kind, purpose_id, total, at=at, idem=idem, facts=facts)


def split(
    purpose_kind: str,
    purpose_id: int,
    *,
    to: int,
    net: int,
    fee: int,
    fee_tax: int,
    at: datetime,
    idem: str,
) -> Entry:
    """The worker's part of an escrow that the office divides; what is left is refunded."""
    shares = {"to": to, "net": net, "fee": fee, "fee_tax": fee_tax}
    return release(purpose_kind, purpose_id, **shares, at=at, idem=idem, kind="split")


def refund(
    purpose_kind: str, purpose_id: int, amount: int, *, provider: str, at: datetime, idem: str
) -> Entry:
    """Escrow goes back through the provider to the one who paid it in."""
    lines = policy.moved(
        policy.escrow(purpose_kind, purpose_id), {policy.clearing(provider, purpose_id): amount}
    )
    return post("refund", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


def refund_failed(
    purpose_kind: str, purpose_id: int, amount: int, *, provider: str, at: datetime, idem: str
) -> Entry:
    """The provider could not give the money back: it stands in escrow again."""
    about = (purpose_kind, purpose_id)
    return _come_in("refund_failed", *about, amount, provider=provider, at=at, idem=idem)


def pay_out(account_id: int, amount: int, *, provider: str, at: datetime, idem: str) -> Entry:
    """What a person has earned leaves through the provider to that person's bank."""
    lines = policy.moved(
        policy.payable(account_id), {policy.clearing(provider, account_id): amount}
    )
    return post("payout", lines, "account", account_id, amount, at=at, idem=idem)


def payout_failed(account_id: int, amount: int, *, provider: str, at: datetime, idem: str) -> Entry:
    """The bank did not take it: the sum is payable again."""
    lines = policy.moved(
        policy.clearing(provider, account_id), {policy.payable(account_id): amount}
    )
    return post("payout_failed", lines, "account", account_id, amount, at=at, idem=idem)


def pay_out_batch(
    batch_id: int, shares: Mapping[int, int], *, provider: str, at: datetime, idem: str
) -> Entry:
    """What these people have earned, each a share, leaves with one file for a bank."""
    lines = policy.gathered(shares, policy.clearing(provider, batch_id))
    return post("payout", lines, "batch", batch_id, sum(shares.values()), at=at, idem=idem)


def batch_cancelled(
    batch_id: int, shares: Mapping[int, int], *, provider: str, at: datetime, idem: str
) -> Entry:
    """It was withdrawn before any bank heard of it: all of it is payable again."""
    taken = policy.gathered(shares, policy.clearing(provider, batch_id))
    lines = {code: -amount for code, amount in taken.items()}
    total = sum(shares.values())
    return post("payout_cancelled", lines, "batch", batch_id, total, at=at, idem=idem)


def charge_back(
    purpose_kind: str,
    purpose_id: int,
    amount: int,
    *,
    payer: int,
    provider: str,
    at: datetime,
    idem: str,
) -> Entry:
    """The payer's bank took a payment back. What was promised with it stays promised: the payer
    owes the sum to the market (M11)."""
    lines = policy.moved(policy.receivable(payer), {policy.clearing(provider, purpose_id): amount})
    return post("chargeback", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


def chargeback_won(
    purpose_kind: str,
    purpose_id: int,
    amount: int,
    *,
    payer: int,
    provider: str,
    at: datetime,
    idem: str,
) -> Entry:
    """The bank decided for us: the sum is at the provider again, and nothing is owed."""
    lines = policy.moved(policy.clearing(provider, purpose_id), {policy.receivable(payer): amount})
    return post("chargeback_won", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


def recover(
    purpose_kind: str, purpose_id: int, amount: int, *, payer: int, at: datetime, idem: str
) -> Entry:
    """Escrow that would go back to the payer, or was paid in for this, settles what they owe."""
    lines = policy.moved(
        policy.escrow(purpose_kind, purpose_id), {policy.receivable(payer): amount}
    )
    return post("recovery", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


def write_off(
    purpose_kind: str, purpose_id: int, amount: int, *, payer: int, at: datetime, idem: str
) -> Entry:
    """What a person owes is given up: the market bears it. Decided by two treasurers (PE2)."""
    lines = policy.moved(policy.own(purpose_id), {policy.receivable(payer): amount})
    return post("write_off", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


def correct(
    purpose_kind: str,
    purpose_id: int,
    amount: int,
    *,
    source: str,
    into: str,
    at: datetime,
    idem: str,
) -> Entry:
    """Put right what another entry, or the provider, got wrong: from one account into another, one
    of them the market's own. Decided by two treasurers (PE2)."""
    lines = policy.moved(source, {into: amount})
    return post("correction", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)
