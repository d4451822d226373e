"""A payer's bank takes a payment back, hears the office, and decides. What was promised with the
money stays promised: the payer owes the sum to the market (M11). `owing` tells how that ends."""

import hashlib
import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.escrow import commands as escrow
from enishi.kit.clocks import Clock
from enishi.kit.days import days_after
from enishi.kit.errors import Refused
from enishi.kit.failpoints import failpoint
from enishi.payments import clocks, connection, policy, provider
from enishi.payments.lifecycle import CHARGEBACK, UNDECIDED
from enishi.payments.models import Chargeback, Payment

from .owing import about, locked, tell

logger = logging.getLogger(__name__)

DECISIONS = {"won": "win", "lost": "lose"}


def hear(name: str, *, at: datetime) -> Chargeback | None:
    """The provider speaks of a complaint that we may not know yet. None: no money moved, or the
    payment is none of ours."""
    found = connection.provider().complaint(name)
    failpoint("chargebacks.asked")
    return book(found, at=at)


def book(found: provider.Complaint, *, at: datetime) -> Chargeback | None:
    """What the provider says of a complaint now, booked; a new one is opened first."""
    rows = Chargeback.objects.filter(provider_id=found.id)
    known = rows.values_list("pk", flat=True).first() or _open(found, at=at)
    return _book(known, found, at=at) if known else None


def settle(chargeback_id: int, *, at: datetime) -> Chargeback:
    """Ask the provider whether the bank has decided, and book the answer."""
    chargeback = Chargeback.objects.get(pk=chargeback_id)
    try:
        found = connection.provider().complaint(chargeback.provider_id)
    except (provider.Unavailable, provider.Declined):
        _ask_later(chargeback, at=at)
        raise
    return _book(chargeback_id, found, at=at)


def answer(chargeback_id: int, *, by: Account, at: datetime, text: str) -> Chargeback:
    """The office tells the bank its side, once. Not in a transaction: the provider is called."""
    chargeback = Chargeback.objects.get(pk=chargeback_id)
    CHARGEBACK.after(chargeback.status, "answer")
    if not text.strip():
        raise Refused.because("chargeback.answer_empty")
    # The key goes by the text: another text is another answer, and the provider takes only one.
    key = f"chargeback-{chargeback.pk}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    try:
        found = connection.provider().answer_complaint(chargeback.provider_id, text=text, key=key)
    except provider.Unavailable:
        raise Refused.because("payment.provider_unavailable") from None
    except provider.Declined as declined:
        raise Refused.because("chargeback.answer_refused", reason=declined.code) from None
    return _book(chargeback_id, found, at=at, by=by, text=text)


def _open(found: provider.Complaint, *, at: datetime) -> int | None:
    if found.status == "inquiry":
        return None
    payment = Payment.objects.filter(
        provider=connection.name(), charge=found.charge, status="succeeded"
    ).first()
    if payment is None or not found.charge:
        logger.warning("chargeback %s is about no payment of ours", found.id)
        return None
    return _opened(payment.pk, found, at=at).pk


@transaction.atomic(durable=True)
def _opened(payment_id: int, found: provider.Complaint, *, at: datetime) -> Chargeback:
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    if known := Chargeback.objects.filter(provider_id=found.id).first():
        return known  # heard of twice at once
    chargeback = Chargeback(
        payment=payment,
        provider_id=found.id,
        amount=found.amount,
        owed=found.amount,
        reason=found.reason[:60],
        opened_at=at,
        ask_at=policy.ask_next(at, at),
    )
    due = at + max(found.answer_within, policy.LEAST_TO_ANSWER)
    chargeback.wait(clocks.opened(settings.RULES), since=at, due=due)
    chargeback.save()
    tell("chargeback.opened", chargeback, at=at, office=True, due=due.isoformat())
    escrow.charge_back(
        *about(payment), found.amount, **_money(chargeback, at), idem=f"chargeback:{found.id}"
    )
    failpoint("chargebacks.opening")
    return chargeback


@transaction.atomic(durable=True)
def _book(
    chargeback_id: int,
    found: provider.Complaint,
    *,
    at: datetime,
    by: Account | None = None,
    text: str = "",
) -> Chargeback:
    chargeback = locked(chargeback_id)
    if chargeback.status not in UNDECIDED:
        return chargeback
    chargeback.ask_at = policy.ask_next(chargeback.opened_at, at)
    if found.status == "answered" and chargeback.status == "open":
        _answered(chargeback, text, by=by, at=at)
    elif found.status in DECISIONS:
        _decided(chargeback, DECISIONS[found.status], at=at)
    chargeback.save()
    if found.status in DECISIONS:
        tell(f"chargeback.{chargeback.status}", chargeback, at=at, office=True)
    if chargeback.status == "won":
        idem = f"chargeback-won:{chargeback.provider_id}"
        escrow.chargeback_won(
            *about(chargeback.payment), chargeback.amount, **_money(chargeback, at), idem=idem
        )
    failpoint("chargebacks.booking")
    return Chargeback.objects.get(pk=chargeback_id)


def _answered(chargeback: Chargeback, text: str, *, by: Account | None, at: datetime) -> None:
    chargeback.status = CHARGEBACK.after(chargeback.status, "answer")
    chargeback.answer = text
    due = days_after(at, settings.RULES.chargeback_days)
    chargeback.wait(clocks.answered(settings.RULES), since=at, due=due)
    tell("chargeback.answered", chargeback, at=at, by=by, office=True)


def _decided(chargeback: Chargeback, verb: str, *, at: datetime) -> None:
    chargeback.status = CHARGEBACK.after(chargeback.status, verb)
    chargeback.decided_at, chargeback.ask_at = at, None
    if verb == "win":
        chargeback.owed, chargeback.closed_at = 0, at
        chargeback.stop_waiting()
    else:
        due = days_after(at, settings.RULES.chargeback_payment_days)
        chargeback.wait(clocks.lost(settings.RULES), since=at, due=due)


@transaction.atomic
def tick(chargeback_id: int, *, at: datetime) -> None:
    """CL16: the office is reminded, or the payer, or both are told that the time is over."""
    chargeback = locked(chargeback_id)
    known = {"open": clocks.opened, "answered": clocks.answered, "lost": clocks.lost}
    if chargeback.status not in known:
        return
    clock: Clock = known[chargeback.status](settings.RULES)
    step = chargeback.step_due(clock, at)
    if step is None:
        return
    chargeback.save(update_fields=["next_at"])
    name = "chargeback.overdue" if step == "overdue" else "chargeback.reminded"
    due = chargeback.due_at.isoformat() if chargeback.due_at else ""
    is_theirs = clock.owner == "client"
    tell(name, chargeback, at=at, office=True, payer=is_theirs, rule=chargeback.status, due=due)


def _ask_later(chargeback: Chargeback, *, at: datetime) -> None:
    later = policy.ask_next(chargeback.opened_at, at)
    rows = Chargeback.objects.filter(pk=chargeback.pk, ask_at__isnull=False)
    rows.update(ask_at=later)


def _money(chargeback: Chargeback, at: datetime) -> dict[str, Any]:
    payment = chargeback.payment
    return {"payer": payment.payer_id, "provider": payment.provider, "at": at}
