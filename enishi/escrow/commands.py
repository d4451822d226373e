"""Every movement of money in the ledger. Each command runs inside the caller's transaction and
locks its accounts first, in the order of their ids, so that no two commands wait for each other.

The same `idem` with the same content gives the entry that stands; with other content it is refused.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from enishi.kit.compiled import compiled
from enishi.kit.errors import Refused

from . import policy
from .models import Account, Entry, Line


@transaction.atomic
def fund(
    purpose_kind: str, purpose_id: int, amount: int, *, provider: str, at: datetime, idem: str
) -> Entry:
    """Money that the provider holds for us comes into escrow for one purpose."""
    lines = policy.moved(
        policy.clearing(provider, purpose_id), {policy.escrow(purpose_kind, purpose_id): amount}
    )
    return _post("fund", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


@transaction.atomic
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
    return _post("release", lines, purpose_kind, purpose_id, total, at=at, idem=idem, facts=facts)


@transaction.atomic
def refund(
    purpose_kind: str, purpose_id: int, amount: int, *, provider: str, at: datetime, idem: str
) -> Entry:
    """Escrow goes back through the provider to the one who paid it in."""
    lines = policy.moved(
        policy.escrow(purpose_kind, purpose_id), {policy.clearing(provider, purpose_id): amount}
    )
    return _post("refund", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


@transaction.atomic
def refund_failed(
    purpose_kind: str, purpose_id: int, amount: int, *, provider: str, at: datetime, idem: str
) -> Entry:
    """The provider could not give the money back: it stands in escrow again."""
    lines = policy.moved(
        policy.clearing(provider, purpose_id), {policy.escrow(purpose_kind, purpose_id): amount}
    )
    return _post("refund_failed", lines, purpose_kind, purpose_id, amount, at=at, idem=idem)


@transaction.atomic
def pay_out(account_id: int, amount: int, *, provider: str, at: datetime, idem: str) -> Entry:
    """What a person has earned leaves through the provider to that person's bank."""
    lines = policy.moved(
        policy.payable(account_id), {policy.clearing(provider, account_id): amount}
    )
    return _post("payout", lines, "account", account_id, amount, at=at, idem=idem)


@transaction.atomic
def payout_failed(account_id: int, amount: int, *, provider: str, at: datetime, idem: str) -> Entry:
    """The bank did not take it: the sum is payable again."""
    lines = policy.moved(
        policy.clearing(provider, account_id), {policy.payable(account_id): amount}
    )
    return _post("payout_failed", lines, "account", account_id, amount, at=at, idem=idem)


def _post(
    kind: str,
    lines: Mapping[str, int],
    purpose_kind: str,
    purpose_id: int,
    amount: int,
    *,
    at: datetime,
    idem: str,
    facts: Mapping[str, int] | None = None,
) -> Entry:
    if not policy.is_amount(amount):
        raise Refused.because("escrow.amount_out_of_range")
    accounts = _locked(lines)
    # Looked up only under the locks: a twin of this command has either committed or not begun.
    if known := _entry.first(idem):
        return _same(known, kind, purpose_kind, purpose_id, lines)
    _enough(accounts, lines)
    entry = Entry.objects.create(
        kind=kind,
        idem=idem,
        at=at,
        purpose_kind=purpose_kind,
        purpose_id=purpose_id,
        facts=dict(facts or {}),
    )
    Line.objects.bulk_create(
        Line(entry=entry, account=accounts[code], amount=change) for code, change in lines.items()
    )
    return entry


def _locked(lines: Mapping[str, int]) -> dict[str, Account]:
    """The accounts of the lines, opened where they are new, locked in the order of their ids."""
    missing = sorted(set(lines) - set(_known(list(lines))))
    if missing:
        Account.objects.bulk_create(
            [Account(code=code, floor=policy.floor_of(code)) for code in missing],
            ignore_conflicts=True,
        )
    return {account.code: account for account in _accounts(list(lines))}


@compiled
def _known(codes: list[str]) -> QuerySet[Account, str]:
    return Account.objects.filter(code__in=codes).values_list("code", flat=True)


@compiled
def _accounts(codes: list[str]) -> QuerySet[Account]:
    return Account.objects.filter(code__in=codes).select_for_update().order_by("id")


@compiled
def _entry(idem: str) -> QuerySet[Entry]:
    return Entry.objects.filter(idem=idem)


def _same(
    known: Entry, kind: str, purpose_kind: str, purpose_id: int, lines: Mapping[str, int]
) -> Entry:
    written = dict(known.lines.values_list("account__code", "amount"))
    about = (known.kind, known.purpose_kind, known.purpose_id)
    if about != (kind, purpose_kind, purpose_id) or written != dict(lines):
        raise Refused.because("escrow.key_reused", key=known.idem)
    return known


def _enough(accounts: Mapping[str, Account], lines: Mapping[str, int]) -> None:
    """The floor in words, before the database says it with a constraint."""
    for code, change in lines.items():
        account = accounts[code]
        if account.floor is not None and account.balance + change < account.floor:
            raise Refused.because("escrow.not_enough", held=account.balance, wanted=-change)
