"""What the money desk reads: acts that wait, what banks took back and who owes it, who is to be
paid by when, and what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Max, Min, OuterRef, Q, Subquery

from enishi.accounts.models import Account
from enishi.contracts.lifecycle import PAID
from enishi.contracts.models import Milestone
from enishi.escrow import queries as ledger
from enishi.kit.days import day_of
from enishi.payments.lifecycle import OWED
from enishi.payments.models import BankAccount, Chargeback, Payout, PayoutHold

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
    """Someone who is owed something: how much, by when at the latest, and what is in the way."""

    account_id: int
    name: str
    amount: int
    pay_by: date | None
    obstacle: str  # "" | no_bank | refused | waiting | held


def due_payouts(*, at: datetime) -> list[DuePayout]:
    """Everyone who is owed something, whoever must be paid soonest first (CO8, CL18)."""
    owed = dict(ledger.payable_accounts())
    names = dict(Account.objects.filter(pk__in=owed).values_list("pk", "name"))
    latest, banks = _latest_days(list(owed)), _banks(list(owed))
    held = set(PayoutHold.objects.filter(ended_at=None).values_list("account_id", flat=True))
    found = [
        DuePayout(pk, names[pk], amount, latest.get(pk), _obstacle(pk, banks.get(pk), held, at))
        for pk, amount in owed.items()
    ]
    return sorted(found, key=_soonest)[:SHOWN]


def _soonest(one: DuePayout) -> tuple[bool, date, int]:
    return one.pay_by is None, one.pay_by or date.max, one.account_id


def _latest_days(account_ids: list[int]) -> dict[int, date]:
    """The legal payment day of the oldest piece accepted since the last payout that arrived."""
    sent = Payout.objects.filter(account=OuterRef("contract__worker")).exclude(status="failed")
    last = sent.values("account").annotate(last=Max("created_at")).values("last")
    unpaid = Milestone.objects.filter(contract__worker__in=account_ids, status__in=PAID)
    unpaid = unpaid.annotate(last=Subquery(last)).filter(Q(last=None) | Q(ended_at__gt=F("last")))
    sums = unpaid.values_list("contract__worker").annotate(Min("delivered_at"), Min("ended_at"))
    found: dict[int, date] = {}
    for worker_id, delivered, ended in sums.order_by():
        day = day_of(ended) + timedelta(days=settings.RULES.payout_days)
        legal = timedelta(days=settings.RULES.legal_payment_days)
        found[worker_id] = min(day, day_of(delivered) + legal) if delivered else day
    return found


def _banks(account_ids: list[int]) -> dict[int, tuple[datetime | None, datetime | None]]:
    rows = BankAccount.objects.filter(account__in=account_ids, replaced_at=None)
    return {
        pk: (pays_from, refused_at)
        for pk, pays_from, refused_at in rows.values_list("account", "pays_from", "refused_at")
    }


def _obstacle(
    account_id: int,
    bank: tuple[datetime | None, datetime | None] | None,
    held: set[int],
    at: datetime,
) -> str:
    if account_id in held:
        return "held"
    if bank is None:
        return "no_bank"
    pays_from, refused_at = bank
    if refused_at:
        return "refused"
    return "waiting" if pays_from and pays_from > at else ""


def failures() -> list[Payout]:
    """Payouts that a bank did not take and whose owner has not named another account since."""
    rows = Payout.objects.filter(status="failed", bank__replaced_at=None)
    return list(rows.select_related("account", "bank").order_by("-finished_at", "-id")[:SHOWN])


def open_differences() -> int:
    """How many differences to the provider's books nobody has closed yet."""
    return Difference.objects.filter(status="open").count()
