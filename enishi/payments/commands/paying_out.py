"""What people earned goes to their banks. The sum leaves the ledger's payable account with the
intent, and returns to it when the bank refuses.

Locks: the bank account, then the payout, then the ledger.
"""

from datetime import datetime

from django.db import transaction

from enishi.escrow import commands as escrow
from enishi.escrow import queries as ledger
from enishi.events.journal import record
from enishi.kit.failpoints import failpoint
from enishi.payments import connection, policy, provider, queries
from enishi.payments.lifecycle import PAYOUT
from enishi.payments.models import BankAccount, Payout

from .asking import ask_later

OUTCOMES = {"sent": "sent", "succeeded": "paid", "failed": "failed"}


def pay_out_now(account_id: int, *, at: datetime) -> Payout | None:
    """What a person is owed is sent to the bank. None: nothing is payable, or there is no
    account that takes it yet (A8: one that took another's place waits)."""
    payout = _intend(account_id, at=at)
    failpoint("payouts.intended")
    return settle(payout.pk, at=at) if payout else None


@transaction.atomic(durable=True)
def _intend(account_id: int, *, at: datetime) -> Payout | None:
    # The lock on the bank account lets one payout be intended after the other, never two at once.
    bank = BankAccount.objects.able(at).select_for_update().filter(account_id=account_id).first()
    amount = min(ledger.payable_of(account_id), policy.MOST)  # the rest follows with the next
    if bank is None or not bank.token or amount == 0 or queries.is_held(account_id):
        return None
    payout = Payout.objects.create(
        account_id=account_id,
        bank=bank,
        amount=amount,
        provider=connection.name(),
        created_at=at,
        ask_at=at + policy.ABANDONED_AFTER,
    )
    idem = f"payout:{payout.key}"
    escrow.pay_out(account_id, amount, provider=payout.provider, at=at, idem=idem)
    failpoint("payouts.intending")
    return payout


def settle(payout_id: int, *, at: datetime) -> Payout:
    """Send a payout that was not sent yet, or ask what became of it, and book the answer."""
    payout = Payout.objects.select_related("bank").get(pk=payout_id)
    try:
        found = _ask(payout, at=at)
        failpoint("payouts.asked")
        if found.status == "failed":
            _take_back(payout)
            failpoint("payouts.taken_back")
        payout = _book(payout.pk, found, at=at)
        failpoint("payouts.booked")
        return payout
    except provider.Unavailable as trouble:
        ask_later(payout, at=at, failed=trouble.answered)
        raise
    except provider.Declined:
        ask_later(payout, at=at, failed=False)
        raise


def _ask(payout: Payout, *, at: datetime) -> provider.Transfer:
    there = connection.provider()
    if payout.provider_id:
        return there.payout_state(payee=payout.bank.payee, name=payout.provider_id)
    try:
        return there.pay_out(
            payee=payout.bank.payee,
            token=payout.bank.token,
            amount=payout.amount,
            key=policy.attempt_key(payout.key, payout.tries),
            reference=str(payout.key),
            again=policy.looks_first(payout.created_at, at, payout.tries),
        )
    except provider.Declined as declined:
        return provider.Transfer("", "failed", declined.code)


def _take_back(payout: Payout) -> None:
    """The refused sum returns to our own balance at the provider before the ledger says so."""
    key = policy.attempt_key(payout.key, payout.tries)
    connection.provider().take_back(reference=str(payout.key), key=key)


@transaction.atomic(durable=True)
def _book(payout_id: int, found: provider.Transfer, *, at: datetime) -> Payout:
    bank_id = Payout.objects.values_list("bank_id", flat=True).get(pk=payout_id)
    BankAccount.objects.select_for_update().get(pk=bank_id)
    payout = Payout.objects.select_for_update(of=("self",)).select_related("bank").get(pk=payout_id)
    book(payout, found, at=at)
    failpoint("payouts.booking")
    return payout


def book(payout: Payout, found: provider.Transfer, *, at: datetime) -> None:
    """On a locked payout and its locked bank account: what the provider, or a bank by file, says
    became of it. Old news change nothing."""
    outcome = OUTCOMES[found.status]
    is_old_news = payout.status == "paid" and outcome != "failed"
    if payout.status == "failed" or is_old_news:
        return
    payout.provider_id = payout.provider_id or found.id
    if payout.status == "created" and outcome != "failed":
        payout.status = PAYOUT.after(payout.status, "send")
        payout.save(update_fields=["status"])
    if outcome == "sent":
        payout.ask_at = policy.ask_next(payout.created_at, at)
    else:
        payout.status = PAYOUT.after(payout.status, "pay" if outcome == "paid" else "fail")
        payout.failure_code, payout.ask_at, payout.finished_at = found.failure_code, None, at
    payout.save(update_fields=["status", "provider_id", "failure_code", "ask_at", "finished_at"])
    if payout.status != "sent":
        _tell(payout, at=at)


def _tell(payout: Payout, *, at: datetime) -> None:
    facts: dict[str, str | int] = {"amount": payout.amount, "last4": payout.bank.last4}
    if payout.status == "failed":
        facts["failure_code"] = payout.failure_code
        escrow.payout_failed(
            payout.account_id,
            payout.amount,
            provider=payout.provider,
            at=at,
            idem=f"payout-failed:{payout.key}",
        )
        # Nothing more is sent to an account that refuses, until its owner names one that does not.
        payout.bank.refused_at, payout.bank.refusal_code = at, payout.failure_code
        payout.bank.save(update_fields=["refused_at", "refusal_code"])
    name = f"payout.{payout.status}"
    record(name, payout, by=None, at=at, people=[payout.account_id], **facts)
