"""Money goes back to the payer: the ledger entry and the intent commit with the caller's act, the
sweep sends it, the provider's word finishes it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.escrow import commands as escrow
from enishi.escrow import policy as ledger
from enishi.events.journal import record
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.kit.failpoints import failpoint
from enishi.kit.waiting import WAITING_FIELDS
from enishi.payments import clocks, connection, policy, provider
from enishi.payments.lifecycle import REFUND, UNDECIDED
from enishi.payments.models import Chargeback, Payment, Refund

from .asking import ask_later
from .owing import about, settle_part

FINISHED = ("succeeded", "failed")


def send_back(payment: Payment, amount: int, *, at: datetime, idem: str) -> Refund:
    """On a locked payment: of what its payer sent by bank transfer, this much pays nothing."""
    return _intend(payment, amount, of="transfer", at=at, idem=idem)


@transaction.atomic
def refund(purpose_kind: str, purpose_id: int, amount: int, *, at: datetime, idem: str) -> Refund:
    """What a purpose holds in escrow, or a part of it, goes back to the one who paid it in."""
    payment = _paid(purpose_kind, purpose_id)
    # Looked up only under the lock: a twin of this command has either committed or not begun.
    if known := Refund.objects.filter(idem=idem).first():
        return _same(known, payment, amount)
    return _intend(payment, amount, of="payment", at=at, idem=idem)


def _intend(payment: Payment, amount: int, *, of: str, at: datetime, idem: str) -> Refund:
    intent = Refund.objects.create(
        payment=payment, amount=amount, of=of, idem=idem, created_at=at, ask_at=at
    )
    escrow.refund(
        payment.purpose_kind,
        payment.purpose_id,
        amount,
        provider=payment.provider,
        at=at,
        idem=f"refund:{intent.key}",
    )
    failpoint("refunds.intending")
    return intent


@transaction.atomic
def give_back(purpose_kind: str, purpose_id: int, amount: int, *, at: datetime, idem: str) -> int:
    """What a purpose holds goes back to the one who paid it in; where their bank took the payment
    back before, it settles what they owe for that. Gives the yen that are really sent. Raises
    Refused while a bank has not decided."""
    payment = _paid(purpose_kind, purpose_id)
    left = _less_owed(payment, amount, at=at, idem=idem)
    if left:
        refund(purpose_kind, purpose_id, left, at=at, idem=idem)
    return left


def _less_owed(payment: Payment, amount: int, *, at: datetime, idem: str) -> int:
    """On a locked payment: its escrow first settles what is owed for it. Gives what is left."""
    taken = Chargeback.objects.select_for_update(of=("self",)).filter(payment=payment)
    left = amount
    for chargeback in taken.select_related("payment__payer").order_by("id"):
        if chargeback.status in UNDECIDED:
            raise Refused.because("chargeback.undecided")
        part = min(left, chargeback.owed)
        if part:
            key = f"{idem}:{chargeback.pk}"
            settle_part(chargeback, part, *about(payment), at=at, idem=key)
        left -= part
    return left


@transaction.atomic
def close(refund_id: int, *, at: datetime, how: str) -> int:
    """What becomes of a refund that failed, called by the office's act (PE2). `again`: it is sent
    once more. `by_hand`: the market has given it back from its own money, and keeps the sum. What
    is owed for the payment is settled first. Gives the yen that are left after that."""
    payment_id = Refund.objects.values_list("payment_id", flat=True).get(pk=refund_id)
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    failed = Refund.objects.select_for_update().get(pk=refund_id)
    failed.status = REFUND.after(failed.status, "close")
    failed.stop_waiting()
    failed.save(update_fields=["status", *WAITING_FIELDS])
    idem = f"again:{failed.key}"
    left = _less_owed(payment, failed.amount, at=at, idem=idem)
    if left and how == "by_hand":
        source, into = ledger.escrow(*about(payment)), ledger.own(payment.purpose_id)
        escrow.correct(*about(payment), left, source=source, into=into, at=at, idem=idem)
    elif left:
        _intend(payment, left, of=failed.of, at=at, idem=idem)
    record(
        "refund.closed",
        failed,
        by=None,
        at=at,
        people=[payment.payer_id],
        purpose_kind=payment.purpose_kind,
        purpose_id=payment.purpose_id,
        amount=left,
        reason=how if left else "owed",
    )
    return left


def _paid(purpose_kind: str, purpose_id: int) -> Payment:
    return Payment.objects.select_for_update().get(
        purpose_kind=purpose_kind, purpose_id=purpose_id, status="succeeded"
    )


@transaction.atomic
def tick(refund_id: int, *, at: datetime) -> None:
    """CL16: treasurers have not decided in time what becomes of a refund that failed."""
    row = Refund.objects.select_for_update().get(pk=refund_id)
    if row.status == "failed" and row.step_due(clocks.gone_wrong(settings.RULES), at):
        row.save(update_fields=["next_at"])
        people = accounts.treasurers()
        record("refund.overdue", row, by=None, at=at, people=people, amount=row.amount)


def _same(known: Refund, payment: Payment, amount: int) -> Refund:
    if (known.payment_id, known.amount) != (payment.pk, amount):
        raise Refused.because("escrow.key_reused", key=known.idem)
    return known


def settle(refund_id: int, *, at: datetime) -> Refund:
    """Send a refund that was not sent yet, or ask what became of it, and book the answer. While a
    bank decides about its payment, one that was not sent yet waits (M11)."""
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    if not refund.provider_id and refund.payment.chargebacks.filter(status__in=UNDECIDED).exists():
        ask_later(refund, at=at, failed=False)
        return refund
    failpoint("refunds.asking")
    try:
        found = _ask(refund, at=at)
        failpoint("refunds.asked")
        refund = _book(refund.pk, found, at=at)
        failpoint("refunds.booked")
        return refund
    except provider.Unavailable as trouble:
        ask_later(refund, at=at, failed=trouble.answered)
        raise
    except provider.Declined as declined:
        ask_later(refund, at=at, failed=False)
        if refund.provider_id:
            raise
        return _book(refund.pk, provider.Transfer("", "failed", declined.code), at=at)


def _ask(refund: Refund, *, at: datetime) -> provider.Transfer:
    there = connection.provider()
    if refund.provider_id:
        return there.refund_state(refund.provider_id)
    wish: dict[str, Any] = {
        "amount": refund.amount,
        "key": policy.attempt_key(refund.key, refund.tries),
        "reference": str(refund.key),
        "again": policy.looks_first(refund.created_at, at, refund.tries),
    }
    if refund.of == "transfer":
        return there.refund_transfer(customer=refund.payment.customer, **wish)
    return there.refund(charge=refund.payment.charge, **wish)


@transaction.atomic(durable=True)
def _book(refund_id: int, found: provider.Transfer, *, at: datetime) -> Refund:
    refund = (
        Refund.objects.select_for_update(of=("self",))
        .select_related("payment__payer")
        .get(pk=refund_id)
    )
    is_old_news = refund.status == "succeeded" and found.status != "failed"
    if refund.status in ("failed", "closed") or is_old_news:
        return refund
    refund.provider_id = refund.provider_id or found.id
    if refund.status == "created" and found.status != "failed":
        refund.status = REFUND.after(refund.status, "send")
        refund.save(update_fields=["status", "provider_id"])
    if found.status in FINISHED:
        _finish(refund, found, at=at)
    else:
        refund.ask_at = policy.ask_next(refund.created_at, at)
    fields = ("status", "provider_id", "failure_code", "ask_at", "finished_at")
    refund.save(update_fields=[*fields, *WAITING_FIELDS])
    failpoint("refunds.booking")
    return refund


def _finish(refund: Refund, found: provider.Transfer, *, at: datetime) -> None:
    payment = refund.payment
    verb = "succeed" if found.status == "succeeded" else "fail"
    refund.status = REFUND.after(refund.status, verb)
    refund.failure_code, refund.ask_at, refund.finished_at = found.failure_code, None, at
    if refund.status == "failed":
        escrow.refund_failed(
            payment.purpose_kind,
            payment.purpose_id,
            refund.amount,
            provider=payment.provider,
            at=at,
            idem=f"refund-failed:{refund.key}",
        )
        due = business_days_after(at, settings.RULES.refund_business_days)
        refund.wait(clocks.gone_wrong(settings.RULES), since=at, due=due)
    office = accounts.treasurers() if refund.status == "failed" else []
    record(
        f"refund.{refund.status}",
        refund,
        by=None,
        at=at,
        people=[payment.payer_id, *office],
        client_id=payment.payer_id,
        purpose_kind=payment.purpose_kind,
        purpose_id=payment.purpose_id,
        amount=refund.amount,
    )
