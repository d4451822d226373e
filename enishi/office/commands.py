"""An act on money takes two treasurers: one proposes, another approves, and then it happens, all in
one transaction (PE2). Who looks at the second factor is the page.

Locks: the act, then both people, then the day's limit, then whatever the act itself moves.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.accounts.policy import has_grade
from enishi.events.journal import record
from enishi.kit.days import business_days_after, day_of
from enishi.kit.errors import Refused

from . import clocks
from .lifecycle import ACT
from .models import DayLimit, MoneyAct
from .performing import BY_KIND
from .policy import SUBJECTS


@transaction.atomic
def propose(
    kind: str,
    subject_id: int,
    *,
    by: Account,
    at: datetime,
    reason: str,
    facts: Mapping[str, Any] | None = None,
) -> MoneyAct:
    """Ask for an act on money. Nothing moves before another treasurer approves it."""
    _treasurer(by)
    _not_about(by, kind, subject_id)
    if not reason.strip():
        raise Refused.because("act.reason_missing")
    given = dict(facts or {})
    amount = BY_KIND[kind].moves(subject_id, given)
    most = settings.RULES.money_acts_day_limit
    if amount > most:
        raise Refused.because("act.over_the_day_limit", left=most)
    act = MoneyAct(
        kind=kind,
        subject_id=subject_id,
        amount=amount,
        facts=given,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    due = business_days_after(at, settings.RULES.money_act_business_days)
    act.wait(clocks.proposed(settings.RULES), since=at, due=due)
    try:
        with transaction.atomic():
            act.save()
    except IntegrityError as error:
        if "act_one_open_per_subject" not in str(error):
            raise
        raise Refused.because("act.waits_already") from None
    _tell("act.proposed", act, by=by, at=at)
    return act


@transaction.atomic
def approve(act_id: int, *, by: Account, at: datetime) -> MoneyAct:
    """The second treasurer agrees, and the act happens."""
    act = _decided(act_id, "approve", by=by, at=at)
    act.save()
    _count(act, at=at)
    BY_KIND[act.kind].perform(act, by, at)
    _tell("act.approved", act, by=by, at=at)
    return act


@transaction.atomic
def refuse(act_id: int, *, by: Account, at: datetime, reason: str) -> MoneyAct:
    """The second treasurer does not agree, and says why."""
    if not reason.strip():
        raise Refused.because("act.reason_missing")
    act = _decided(act_id, "refuse", by=by, at=at)
    act.decision = reason.strip()
    act.save()
    _drop(act, at=at)
    _tell("act.refused", act, by=by, at=at, decision=act.decision)
    return act


@transaction.atomic
def withdraw(act_id: int, *, by: Account, at: datetime) -> MoneyAct:
    """Whoever proposed it takes it back."""
    act = MoneyAct.objects.select_for_update().get(pk=act_id)
    if act.proposed_by_id != by.pk:
        raise Refused.because("act.not_yours")
    _end(act, "withdraw", at=at)
    _tell("act.withdrawn", act, by=by, at=at)
    return act


@transaction.atomic
def tick(act_id: int, *, at: datetime) -> None:
    """CL16: the treasurers are reminded; then the proposal lapses."""
    act = MoneyAct.objects.select_for_update().get(pk=act_id)
    step = act.step_due(clocks.proposed(settings.RULES), at) if act.status == "proposed" else None
    if step == "remind":
        act.save(update_fields=["next_at"])
        _tell("act.reminded", act, by=None, at=at)
    elif step == "lapse":
        _end(act, "lapse", at=at)
        _tell("act.lapsed", act, by=None, at=at)


def _decided(act_id: int, verb: str, *, by: Account, at: datetime) -> MoneyAct:
    act = MoneyAct.objects.select_for_update().get(pk=act_id)
    after = ACT.after(act.status, verb)
    if act.proposed_by_id == by.pk:
        raise Refused.because("act.same_person")
    _treasurer(by)
    _not_about(by, act.kind, act.subject_id)
    act.status, act.decided_by, act.decided_at = after, by, at
    act.stop_waiting()
    return act


def _end(act: MoneyAct, verb: str, *, at: datetime) -> None:
    act.status, act.decided_at = ACT.after(act.status, verb), at
    act.stop_waiting()
    act.save()
    _drop(act, at=at)


def _drop(act: MoneyAct, *, at: datetime) -> None:
    """What was prepared for it is undone: it will not happen."""
    if dropped := BY_KIND[act.kind].dropped:
        dropped(act, at)


def _treasurer(by: Account) -> None:
    """Asked of the row itself, under its lock: a grade taken away a moment ago counts (M10)."""
    account = Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not account.is_active or not has_grade(account.office_grade, "treasurer"):
        raise Refused.because("act.not_treasurer")


def _not_about(by: Account, kind: str, subject_id: int) -> None:
    """Nobody moves their own money by hand, not even with another's consent (M10)."""
    if by.pk in BY_KIND[kind].people(subject_id):
        raise Refused.because("act.own_money")


def _count(act: MoneyAct, *, at: datetime) -> None:
    """The day's row is locked until the act has happened, so that two cannot share what is left."""
    day = day_of(at)
    most = settings.RULES.money_acts_day_limit
    DayLimit.objects.bulk_create([DayLimit(day=day, most=most)], ignore_conflicts=True)
    limit = DayLimit.objects.select_for_update().get(day=day)
    left = limit.most - limit.moved
    if act.amount > left:
        raise Refused.because("act.over_the_day_limit", left=left)
    DayLimit.objects.filter(pk=limit.pk).update(moved=F("moved") + act.amount)


def _tell(name: str, act: MoneyAct, *, by: Account | None, at: datetime, **facts: object) -> None:
    record(
        name,
        act,
        by=by,
        at=at,
        people=accounts.treasurers(),
        kind=act.kind,
        subject=SUBJECTS[act.kind],
        concerns=act.subject_id,
        amount=act.amount,
        reason=act.reason,
        **facts,
    )
