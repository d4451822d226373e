"""How an entry is written: its accounts locked first, in the order of their ids, so that no two
commands wait for each other; looked up by its key; refused in words before PostgreSQL refuses it.

The same `idem` with the same content gives the entry that stands; with other content it is refused.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from enishi.kit.compiled import compiled
from enishi.kit.errors import Refused

from . import policy
from .models import Account, Entry, Line


def post(
    kind: str,
    lines: Mapping[str, int],
    purpose_kind: str,
    purpose_id: int,
    amount: int,
    *,
    at: datetime,
    idem: str,
    facts: Mapping[str, int | str] | None = None,
) -> Entry:
    """One entry with its lines, inside the caller's transaction. Raises Refused when the amount is
    no amount, when an account has not enough, or when `idem` stands for something else."""
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
        Line(
            entry=entry,
            account=accounts[code],
            amount=change,
            at=at,
            after=accounts[code].balance + change,
        )
        for code, change in lines.items()
    )
    return entry


def _locked(lines: Mapping[str, int]) -> dict[str, Account]:
    """The accounts of the lines, opened where they are new, locked in the order of their ids."""
    missing = sorted(set(lines) - set(_known(list(lines))))
    if missing:
        Account.objects.bulk_create(
            [
                Account(code=code, floor=policy.floor_of(code), ceiling=policy.ceiling_of(code))
                for code in missing
            ],
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
    """Floor and ceiling in words, before the database says it with a constraint."""
    for code, change in lines.items():
        account = accounts[code]
        after = account.balance + change
        if account.floor is not None and after < account.floor:
            raise Refused.because("escrow.not_enough", held=account.balance, wanted=-change)
        if account.ceiling is not None and after > account.ceiling:
            raise Refused.because("escrow.more_than_owed", owed=-account.balance, given=change)
