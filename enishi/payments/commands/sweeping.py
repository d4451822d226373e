"""The sweep finishes what was left unfinished by a crash, a time-out or a lost webhook, and pays
out what is payable. It may run twice at once: each step it calls is safe to repeat."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from enishi.escrow import queries as ledger
from enishi.kit import quarantine
from enishi.kit.failpoints import failpoint
from enishi.payments import connection
from enishi.payments.models import BankAccount, Chargeback, Payment, Payout, PayoutHold, Refund
from enishi.payments.provider import Nonsense, Unavailable

from . import chargebacks, paying, paying_out, refunding

logger = logging.getLogger(__name__)

BATCH = 200


@dataclass(frozen=True, slots=True)
class Swept:
    """How many of each were asked about, or newly sent."""

    payments: int
    refunds: int
    payouts: int
    chargebacks: int


def sweep(*, at: datetime) -> Swept:
    """Ask about everything whose time to ask has come, then send what people are owed. A restored
    copy does neither, and intends nothing either, until it is released."""
    if quarantine.stands():
        return Swept(payments=0, refunds=0, payouts=0, chargebacks=0)
    payments = _each(_due(Payment.objects.all(), at), paying.settle, at=at)
    refunds = _each(_due(Refund.objects.all(), at), refunding.settle, at=at)
    payouts = _each(_due(Payout.objects.all(), at), paying_out.settle, at=at)
    if not connection.is_by_file():
        payouts += _each(_owed(at), paying_out.pay_out_now, at=at)
    taken = _each(_due(Chargeback.objects.all(), at), chargebacks.settle, at=at)
    return Swept(payments=payments, refunds=refunds, payouts=payouts, chargebacks=taken)


def _due(rows: QuerySet[Any], at: datetime) -> list[int]:
    due = rows.filter(ask_at__lte=at).order_by("ask_at", "id")
    return list(due.values_list("pk", flat=True)[:BATCH])


def _owed(at: datetime) -> list[int]:
    """People who are owed something, have an account that takes it, and are not held."""
    owed = [account_id for account_id, _ in ledger.payable_accounts()]
    held = PayoutHold.objects.filter(ended_at=None).values("account")
    able = BankAccount.objects.able(at).filter(account__in=owed).exclude(account__in=held)
    return list(
        able.exclude(token="").order_by("account").values_list("account_id", flat=True)[:BATCH]
    )


def _each(ids: Iterable[int], act: Callable[..., object], *, at: datetime) -> int:
    done = 0
    for one in ids:
        try:
            act(one, at=at)
            failpoint("payments.sweeping")
        except Nonsense:
            logger.exception("%s %s: an answer that cannot be true", act.__module__, one)
        except Unavailable as trouble:
            logger.warning("payment provider: %s", trouble)
        except Exception:
            # One row that cannot be finished must not keep the others waiting.
            logger.exception("%s %s could not be finished", act.__module__, one)
        else:
            done += 1
    return done
