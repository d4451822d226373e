"""Who is paid with the next file for the bank, and the file itself, which takes two treasurers: one
makes it, another approves it (PE2)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.payments import policy
from enishi.payments.commands import batching
from enishi.payments.models import PayoutBatch

from . import commands, money
from .models import MoneyAct
from .money import DuePayout

KIND = "payout_batch"


@dataclass(frozen=True, slots=True)
class Plan:
    """Who would be in a file for this day, who waits for a larger sum, and whom something keeps
    from being paid. `by` is the last day on which everyone in it is paid in time."""

    transfer_on: date
    paid: list[DuePayout]
    carried: list[DuePayout]
    kept: list[DuePayout]
    by: date

    @property
    def total(self) -> int:
        return sum(one.amount for one in self.paid)


def first_day(*, at: datetime) -> date:
    return policy.first_transfer_day(day_of(at))


def plan(*, at: datetime, transfer_on: date) -> Plan:
    """CO8: a small sum waits for more, but never beyond its day."""
    due = money.due_payouts(at=at)
    able = [one for one in due if not one.obstacle]
    carried = [one for one in able if _waits(one, transfer_on)]
    paid = [one for one in able if one not in carried]
    days = [one.pay_by for one in paid if one.pay_by]
    last = max(min(days, default=date.max), first_day(at=at))
    return Plan(transfer_on, paid, carried, [one for one in due if one.obstacle], last)


def _waits(one: DuePayout, transfer_on: date) -> bool:
    return policy.is_carried_over(
        one.amount,
        least=settings.PAYOUTS["least"],
        pay_by=one.pay_by or transfer_on,
        transfer_on=transfer_on,
        rules=settings.RULES,
    )


@transaction.atomic
def make(*, by: Account, at: datetime, transfer_on: date, reason: str) -> MoneyAct:
    """One file with everything that is due, which another treasurer then approves.

    Raises Refused as `batching.make` and `commands.propose` do, and `batch.too_late` where somebody
    would be paid after their day."""
    planned = plan(at=at, transfer_on=transfer_on)
    if transfer_on > planned.by:
        raise Refused.because("batch.too_late", day=planned.by)
    people = [one.account_id for one in planned.paid]
    batch = batching.make(people, by=by, at=at, transfer_on=transfer_on)
    return commands.propose(KIND, batch.pk, by=by, at=at, reason=reason)


def act_of(batch: PayoutBatch) -> MoneyAct:
    """The decision of the two treasurers about it."""
    rows = MoneyAct.objects.select_related("proposed_by", "decided_by")
    return rows.get(kind=KIND, subject_id=batch.pk)
