"""Who is paid with the next file for the bank, and the file itself, which takes two treasurers: one
makes it, another approves it (PE2)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.payments import connection, policy
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
    plan = Plan(transfer_on, paid=[], carried=[], kept=[], by=date.max)
    for one in money.due_payouts(at=at):
        if one.obstacle:
            plan.kept.append(one)
        else:
            (plan.carried if _waits(one, transfer_on) else plan.paid).append(one)
    days = [one.pay_by for one in plan.paid if one.pay_by]
    return replace(plan, by=max(min(days, default=date.max), first_day(at=at)))


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


@transaction.atomic
def remind(*, at: datetime) -> bool:
    """CO8: once a day the treasurers are told when somebody must soon be paid and stands in no
    file. False: nobody must."""
    if not connection.is_by_file():
        return False
    planned = plan(at=at, transfer_on=first_day(at=at))
    soon = day_of(at) + timedelta(days=settings.RULES.batch_notice_days)
    late = [one for one in planned.paid if one.pay_by and one.pay_by <= soon]
    if not late:
        return False
    somebody = Account.objects.get(pk=late[0].account_id)
    facts = {"amount": sum(one.amount for one in late), "transfer_on": planned.by.isoformat()}
    record("batch.due", somebody, by=None, at=at, people=accounts.treasurers(), **facts)
    return True


def act_of(batch: PayoutBatch) -> MoneyAct:
    """The decision of the two treasurers about it."""
    rows = MoneyAct.objects.select_related("proposed_by", "decided_by")
    return rows.get(kind=KIND, subject_id=batch.pk)
