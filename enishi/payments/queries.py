"""What pages and other packages ask about payments."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from enishi.escrow import queries as ledger
from enishi.kit.compiled import compiled

from . import connection
from .lifecycle import OWED, PAYMENT_OPEN, UNDECIDED, UNFINISHED
from .models import BankAccount, Chargeback, Payment, Payout, PayoutHold, Refund


@dataclass(frozen=True, slots=True)
class PaymentView:
    id: int
    status: str
    amount: int
    arrived: int  # of it by bank transfer, while the rest is missing
    failure_code: str
    hosted_url: str
    settled_at: datetime | None

    @property
    def missing(self) -> int:
        return self.amount - self.arrived


PAYMENT_VIEW = tuple(field.name for field in dataclasses.fields(PaymentView))


@dataclass(frozen=True, slots=True)
class BankAccountView:
    id: int
    bank_name: str
    bank_code: str
    branch_code: str
    holder: str
    last4: str
    added_at: datetime
    pays_from: datetime | None
    refused_at: datetime | None
    refusal_code: str
    name: str
    holder_check: str  # waiting: the office looks first; else how that ended, or empty
    is_reachable: bool  # by what pays out here now: the provider, or a file for the bank


@dataclass(frozen=True, slots=True)
class PayoutView:
    id: int
    amount: int
    status: str
    failure_code: str
    last4: str
    created_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class PayableView:
    account_id: int
    amount: int


def payment_of(purpose_kind: str, purpose_id: int) -> PaymentView | None:
    """The newest payment for a purpose, whatever became of it."""
    row = _payment.first(purpose_kind, purpose_id)
    return PaymentView(*row) if row else None


@compiled
def _payment(purpose_kind: str, purpose_id: int) -> QuerySet[Payment, Any]:
    rows = Payment.objects.filter(purpose_kind=purpose_kind, purpose_id=purpose_id)
    return rows.order_by("-id").values_list(*PAYMENT_VIEW)[:1]


def parts_of(purpose_kind: str, purposes: Iterable[int]) -> dict[int, PaymentView]:
    """Of many purposes of one kind, those for which a part has come by bank transfer."""
    found = Payment.objects.filter(
        purpose_kind=purpose_kind, purpose_id__in=purposes, status__in=PAYMENT_OPEN, arrived__gt=0
    )
    rows = found.values_list("purpose_id", *PAYMENT_VIEW)
    return {purpose: PaymentView(*row) for purpose, *row in rows}


def bank_account_of(account_id: int) -> BankAccountView | None:
    """Where this person is paid now; `refused_at` says that the bank did not take a payout."""
    row = _bank_account.first(account_id)
    if not row:
        return None
    *known, check, token, sealed = row
    known += [check or "", bool(sealed if connection.is_by_file() else token)]
    return BankAccountView(*known)


@compiled
def _bank_account(account_id: int) -> QuerySet[BankAccount, Any]:
    fields = (
        *("id", "bank_name", "bank_code", "branch_code", "holder", "last4", "added_at"),
        *("pays_from", "refused_at", "refusal_code", "name"),
        *("check_of_holder__status", "token", "sealed"),
    )
    rows = BankAccount.objects.filter(account_id=account_id, replaced_at=None)
    return rows.order_by("-id").values_list(*fields)[:1]


def payouts_of(account_id: int, *, limit: int = 20) -> list[PayoutView]:
    """The newest payouts of one person, newest first."""
    fields = ("id", "amount", "status", "failure_code", "bank__last4", "created_at", "finished_at")
    known = Payout.objects.filter(account_id=account_id).exclude(status="cancelled")
    rows = known.order_by("-id").values_list(*fields)
    return [PayoutView(*row) for row in rows[:limit]]


def waiting_for_bank_account() -> list[PayableView]:
    """People who are owed something but have no account that takes it (CL18)."""
    owed = ledger.payable_accounts()
    able = BankAccount.objects.filter(
        account__in=[account_id for account_id, _ in owed], replaced_at=None, refused_at=None
    )
    able = able.numbered() if connection.is_by_file() else able.exclude(token="")
    reachable = set(able.values_list("account_id", flat=True))
    return [PayableView(who, amount) for who, amount in owed if who not in reachable]


def is_held(account_id: int) -> bool:
    """Are payouts to this person stopped for now?"""
    return PayoutHold.objects.filter(account_id=account_id, ended_at=None).exists()


def holds_of(account_id: int, *, most: int) -> list[PayoutHold]:
    """The newest holds of this person's payouts, those that ended included."""
    return list(PayoutHold.objects.filter(account_id=account_id).order_by("-id")[:most])


def is_undecided(purpose_kind: str, purpose_id: int) -> bool:
    """Did a bank take back what was paid for this purpose, and has not decided yet?"""
    return _taken(purpose_kind, purpose_id).filter(status__in=UNDECIDED).exists()


def is_lost(purpose_kind: str, purpose_id: int) -> bool:
    """Did a bank decide for the payer of this purpose, who has not given it back?"""
    return _taken(purpose_kind, purpose_id).filter(status="lost").exists()


def _taken(purpose_kind: str, purpose_id: int) -> QuerySet[Chargeback]:
    about = {"payment__purpose_kind": purpose_kind, "payment__purpose_id": purpose_id}
    return Chargeback.objects.filter(**about)


def owed_by(account_id: int) -> list[Chargeback]:
    """The chargebacks for which this person owes something, oldest first."""
    rows = Chargeback.objects.filter(payment__payer_id=account_id, status__in=OWED)
    return list(rows.select_related("payment").order_by("id"))


def failed_refunds(*, most: int) -> list[Refund]:
    """Refunds that did not arrive and for which nobody has decided anything, oldest first: the
    sum stands in escrow again."""
    rows = Refund.objects.filter(status="failed").select_related("payment__payer")
    return list(rows.order_by("due_at", "id")[:most])


def has_open_money(account_id: int) -> bool:
    """Is money of this person still on its way, in either direction (PE6)?"""
    payments = Payment.objects.filter(payer_id=account_id, status__in=PAYMENT_OPEN)
    refunds = Refund.objects.filter(
        payment__payer_id=account_id, status__in=(*UNFINISHED, "failed")
    )
    payouts = Payout.objects.filter(account_id=account_id, status__in=UNFINISHED)
    return (
        ledger.owed_by(account_id) > 0
        or ledger.payable_of(account_id) > 0
        or payments.exists()
        or refunds.exists()
        or payouts.exists()
    )
