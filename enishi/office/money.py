"""What the money desk reads: acts that wait, what banks took back and who owes it, who is to be
paid by when, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime

from enishi.accounts.models import Account
from enishi.contracts import earned
from enishi.escrow import queries as ledger
from enishi.payments import connection
from enishi.payments.commands import holders
from enishi.payments.lifecycle import OWED
from enishi.payments.models import BankAccount, Chargeback, HolderCheck, Payout, PayoutHold

from .models import Difference, MoneyAct

SHOWN = 50
AGES = (30, 60, 90)  # days; the last step is open


def open_acts() -> list[MoneyAct]:
    """Acts that wait for a second treasurer, the nearest due time first."""
    rows = MoneyAct.objects.filter(status="proposed").select_related("proposed_by")
    return list(rows.order_by("due_at", "id")[:SHOWN])


def decided_acts() -> list[MoneyAct]:
    rows = MoneyAct.objects.exclude(status="proposed").select_related("proposed_by", "decided_by")
    return list(rows.order_by("-decided_at", "-id")[:SHOWN])


def chargebacks() -> list[Chargeback]:
    """Payments that banks took back and for which something is still owed."""
    rows = Chargeback.objects.filter(status__in=OWED).select_related("payment__payer")
    return list(rows.order_by("due_at", "id")[:SHOWN])


@dataclass(frozen=True, slots=True)
class Age:
    """What has been owed for so many days. `to_days` is None where it is open."""

    from_days: int
    to_days: int | None
    owed: int


def ages(*, at: datetime) -> list[Age]:
    """What people owe, by how long they have owed it."""
    rows = Chargeback.objects.filter(status__in=OWED).values_list("opened_at", "owed")
    edges = [0, *AGES]
    sums = dict.fromkeys(edges, 0)
    for opened_at, owed in rows:
        days = (at - opened_at).days
        sums[max(edge for edge in edges if edge <= days)] += owed
    ends: list[int | None] = [*AGES, None]
    return [Age(start, end, sums[start]) for start, end in zip(edges, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class DuePayout:
    """Someone who is owed something: how much, by when at the latest, and what is in the way:
    nothing, no_bank, no_number, refused, holder_refused, holder, waiting, or held."""

    account_id: int
    name: str
    amount: int
    pay_by: date | None
    obstacle: str


def due_payouts(*, at: datetime) -> list[DuePayout]:
    """Everyone who is owed something, whoever must be paid soonest first (CO8, CL18)."""
    owed = dict(ledger.payable_accounts())
    names = dict(Account.objects.filter(pk__in=owed).values_list("pk", "name"))
    latest, banks = earned.pay_days(owed), _banks(list(owed), at=at)
    held = set(PayoutHold.objects.filter(ended_at=None).values_list("account_id", flat=True))
    found = [
        DuePayout(
            pk,
            names[pk],
            amount,
            latest.get(pk),
            "held" if pk in held else banks.get(pk, "no_bank"),
        )
        for pk, amount in owed.items()
    ]
    return sorted(found, key=_soonest)


def _soonest(one: DuePayout) -> tuple[bool, date, int]:
    return one.pay_by is None, one.pay_by or date.max, one.account_id


def _banks(account_ids: list[int], *, at: datetime) -> dict[int, str]:
    """What is in the way of sending something to the accounts of these people."""
    rows = BankAccount.objects.filter(account__in=account_ids, replaced_at=None)
    rows = rows.select_related("check_of_holder")
    return {row.account_id: _obstacle(row, at) for row in rows}


def _obstacle(bank: BankAccount, at: datetime) -> str:
    if bank.refused_at:
        return "holder_refused" if bank.refusal_code == holders.REFUSED else "refused"
    if not (bank.sealed if connection.is_by_file() else bank.token):
        return "no_number"
    check = getattr(bank, "check_of_holder", None)
    if check and check.status == "waiting":
        return "holder"
    return "waiting" if bank.pays_from and bank.pays_from > at else ""


def failures() -> list[Payout]:
    """Payouts that a bank did not take and whose owner has not named another account since."""
    rows = Payout.objects.filter(status="failed", bank__replaced_at=None)
    return list(rows.select_related("account", "bank").order_by("-finished_at", "-id")[:SHOWN])


def holder_checks() -> list[HolderCheck]:
    """Accounts whose holder the office has not looked at, the nearest due time first."""
    rows = HolderCheck.objects.filter(status="waiting").select_related("bank__account")
    return list(rows.order_by("due_at", "id")[:SHOWN])


def open_differences() -> int:
    """How many differences to the provider's books nobody has closed yet."""
    return Difference.objects.filter(status="open").count()
