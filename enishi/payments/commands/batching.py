"""Payouts of a market without a provider for them: one file for the operator's bank, and the bank's
answer to it. The office decides who is paid and asks two treasurers; nothing here does.

The sums leave the ledger's payable accounts when the file is made, so that no other file can hold
them; they return when it is withdrawn, or row by row when the bank refuses.

Locks: the batch, then bank accounts by id, then payouts by id, then the ledger. Nobody but the
holder of the batch's lock changes its payouts.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.escrow import commands as escrow
from enishi.escrow import queries as ledger
from enishi.escrow.policy import SHARDS
from enishi.events.journal import record
from enishi.kit import quarantine
from enishi.kit.days import business_days_after, day_of, start_of_day
from enishi.kit.errors import Refused
from enishi.payments import clocks, connection, numbers, policy, provider, zengin
from enishi.payments.lifecycle import BATCH, PAYOUT
from enishi.payments.models import BankAccount, Payout, PayoutBatch, PayoutHold

from .paying_out import book


@dataclass(frozen=True, slots=True)
class Booked:
    """What a bank's answer changed: how many payouts arrived, and how many did not. None of either:
    all of it was booked before."""

    paid: int
    failed: int


@transaction.atomic
def make(
    account_ids: Iterable[int], *, by: Account, at: datetime, transfer_on: date
) -> PayoutBatch:
    """Everything that these people are owed, as one file for the bank. Whoever is held, or has no
    account that takes it now, is left out.

    Raises Refused `batch.…`: not_by_file, copy_is_held, no_transfer_day, in_the_making,
    nothing_due."""
    if not connection.is_by_file():
        raise Refused.because("batch.not_by_file")
    if quarantine.stands():
        raise Refused.because("batch.copy_is_held")
    if not policy.is_transfer_day(transfer_on, today=day_of(at), rules=settings.RULES):
        raise Refused.because("batch.no_transfer_day", days=settings.RULES.transfer_days)
    batch = _begun(by=by, at=at, transfer_on=transfer_on)
    payouts = _intended(batch, account_ids, at=at)
    if not payouts:
        raise Refused.because("batch.nothing_due")
    file = zengin.written(connection.sender(), [_row(one) for one in payouts], on=transfer_on)
    batch.count, batch.total = len(payouts), sum(one.amount for one in payouts)
    batch.sealed, batch.sha256 = numbers.seal_file(file), hashlib.sha256(file).hexdigest()
    batch.save()
    return batch


def _begun(*, by: Account, at: datetime, transfer_on: date) -> PayoutBatch:
    """Before anything is read: a twin of this command waits here until the first is over."""
    fields = {"transfer_on": transfer_on, "made_by": by, "made_at": at}
    try:
        with transaction.atomic():
            return PayoutBatch.objects.create(count=1, total=1, **fields)
    except IntegrityError as error:
        if "batch_one_in_the_making" not in str(error):
            raise
        raise Refused.because("batch.in_the_making") from None


def _intended(batch: PayoutBatch, account_ids: Iterable[int], *, at: datetime) -> list[Payout]:
    banks = BankAccount.objects.able(at).numbered().filter(account__in=list(account_ids))
    locked = banks.select_for_update(of=("self",)).order_by("id")[: zengin.MOST_ROWS]
    held = set(PayoutHold.objects.filter(ended_at=None).values_list("account_id", flat=True))
    able = {bank.account_id: bank for bank in locked if bank.account_id not in held}
    owed = dict(ledger.payable_accounts())  # only now, under the locks
    shares = {one: min(owed[one], policy.MOST) for one in able if one in owed}
    if shares:
        idem = f"batch:{batch.pk}"
        escrow.pay_out_batch(batch.pk, shares, provider=connection.BANK, at=at, idem=idem)
    return Payout.objects.bulk_create(
        Payout(
            account_id=account_id,
            bank=able[account_id],
            batch=batch,
            amount=amount,
            provider=connection.BANK,
            created_at=at,
        )
        for account_id, amount in shares.items()
    )


def _row(payout: Payout) -> zengin.Row:
    return zengin.Row(
        reference=payout.pk,
        bank=payout.bank.bank_code,
        branch=payout.bank.branch_code,
        number=numbers.unseal(payout.bank.sealed),
        holder=payout.bank.holder,
        amount=payout.amount,
    )


@transaction.atomic
def send(batch_id: int, *, by: Account, at: datetime) -> PayoutBatch:
    """Two treasurers agree: the file may be given to the bank, whose answer is waited for. Called
    by the office's act (PE2).

    Raises Refused `batch.…`: copy_is_held, day_is_over, somebody_held, account_changed, or by
    its state."""
    batch = _locked(batch_id)
    batch.status = BATCH.after(batch.status, "send")
    if quarantine.stands():
        raise Refused.because("batch.copy_is_held")
    if day_of(at) > batch.transfer_on:
        raise Refused.because("batch.day_is_over")
    people = batch.payouts.values("account")
    if PayoutHold.objects.filter(account__in=people, ended_at=None).exists():
        raise Refused.because("batch.somebody_held")
    if batch.payouts.exclude(bank__replaced_at=None, bank__refused_at=None).exists():
        raise Refused.because("batch.account_changed")
    batch.payouts.update(status=PAYOUT.after(PAYOUT.start, "send"))
    batch.sent_at = at
    day, days = start_of_day(batch.transfer_on), settings.RULES.batch_business_days
    batch.wait(clocks.at_the_bank(settings.RULES), since=at, due=business_days_after(day, days))
    batch.save()
    _tell("batch.sent", batch, by=by, at=at)
    return batch


@transaction.atomic
def cancel(batch_id: int, *, at: datetime) -> PayoutBatch:
    """The file never goes to the bank: everything in it is payable again, as if it had not been
    made."""
    batch = _locked(batch_id)
    batch.status = BATCH.after(batch.status, "cancel")
    shares = dict(batch.payouts.values_list("account_id", "amount"))
    idem = f"batch-cancelled:{batch.pk}"
    escrow.batch_cancelled(batch.pk, shares, provider=connection.BANK, at=at, idem=idem)
    batch.payouts.update(status=PAYOUT.after(PAYOUT.start, "cancel"), finished_at=at)
    batch.ended_at, batch.sealed = at, ""
    batch.save()
    return batch


@transaction.atomic
def settle(batch_id: int, answer: bytes, *, by: Account, at: datetime) -> Booked:
    """Book what the bank says became of each row. The same answer again changes nothing; a later
    one may say that a bank sent a payment back.

    Raises Refused, with nothing booked, `batch.answer_…` for an answer that is not the whole one to
    this very file, `batch.answer_contradicts` for one that pays what had failed."""
    batch = _locked(batch_id)
    if batch.status != "settled":
        BATCH.after(batch.status, "settle")
    try:
        results = zengin.results(numbers.unseal_file(batch.sealed), answer)
    except zengin.Unfit as unfit:
        raise Refused.because(f"batch.answer_{unfit.code}") from None
    counts = {"paid": 0, "failed": 0}
    banks = BankAccount.objects.filter(pk__in=batch.payouts.values("bank")).order_by("id")
    list(banks.select_for_update().values_list("pk"))
    rows = batch.payouts.select_for_update(of=("self",)).select_related("bank").order_by("id")
    # In the order of the ledger's accounts they share, or two answers would wait for each other.
    for payout in sorted(rows, key=lambda one: (one.account_id % SHARDS, one.account_id)):
        outcome = "failed" if results[payout.pk] else "paid"
        if payout.status == outcome:
            continue
        if payout.status == "failed":
            raise Refused.because("batch.answer_contradicts")
        told = "failed" if results[payout.pk] else "succeeded"
        book(payout, provider.Transfer("", told, results[payout.pk]), at=at)
        counts[outcome] += 1
    if any(counts.values()):
        _note(batch, answer, by=by, at=at, **counts)
    return Booked(**counts)


def _note(batch: PayoutBatch, answer: bytes, *, by: Account, at: datetime, **counts: int) -> None:
    batch.answer_sha256 = hashlib.sha256(answer).hexdigest()
    if batch.status == "sent":
        batch.status, batch.ended_at = BATCH.after(batch.status, "settle"), at
        batch.stop_waiting()
    batch.save()
    _tell("batch.settled", batch, by=by, at=at, **counts)


@transaction.atomic
def tick(batch_id: int, *, at: datetime) -> None:
    """CL16: the bank's answer has not been handed in."""
    batch = _locked(batch_id)
    if batch.status == "sent" and batch.step_due(clocks.at_the_bank(settings.RULES), at):
        batch.save(update_fields=["next_at"])
        _tell("batch.overdue", batch, by=None, at=at)


def _locked(batch_id: int) -> PayoutBatch:
    return PayoutBatch.objects.select_for_update().get(pk=batch_id)


def _tell(name: str, batch: PayoutBatch, *, by: Account | None, at: datetime, **facts: int) -> None:
    record(
        name,
        batch,
        by=by,
        at=at,
        people=accounts.treasurers(),
        amount=batch.total,
        count=batch.count,
        transfer_on=batch.transfer_on.isoformat(),
        **facts,
    )
