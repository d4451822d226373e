"""Bank transfers bring what the payer sends: a part, the rest, too much, or money for a payment
that is over. Each yen is booked once and belongs to its purpose; what pays nothing goes back.

Everything here is called under the lock of the payment, inside `paying`'s transaction.
"""

from datetime import datetime
from typing import Any

from enishi.escrow import commands as escrow
from enishi.events.journal import record
from enishi.payments import policy
from enishi.payments.models import Payment
from enishi.payments.provider import Found

from . import refunding


def part(payment: Payment, found: Found, *, at: datetime) -> None:
    """Less than was asked for has come: it stands in escrow and waits for the rest."""
    new = policy.part(payment.amount, booked=payment.arrived, arrived=found.arrived)
    if not new:
        return
    _enter(payment, new, at=at)
    record(
        "payment.part_arrived",
        payment,
        by=None,
        at=at,
        people=[payment.payer],
        amount=payment.amount,
        part=new,
        arrived=payment.arrived,
        **_about(payment),
    )


def excess(payment: Payment, found: Found, *, at: datetime) -> None:
    """More has come than was asked for: it is booked, and goes back in the same act."""
    new = policy.excess(payment.amount, booked=payment.arrived, arrived=found.arrived)
    payment.arrived = max(payment.arrived, found.arrived)
    payment.save(update_fields=["arrived"])
    if not new:
        return
    idem = f"excess:{payment.key}:{payment.arrived}"
    where: dict[str, Any] = {"provider": payment.provider, "at": at}
    escrow.exceed(payment.purpose_kind, payment.purpose_id, new, **where, idem=idem)
    _send_back(payment, new, at=at)


def unpaid(payment: Payment, found: Found, *, at: datetime) -> None:
    """The payment was cancelled: all that came for it goes back, and whatever still comes."""
    new = max(0, found.arrived - payment.arrived)
    known = payment.refunds.filter(of="transfer").exclude(status="closed")  # another followed
    if new:
        _enter(payment, new, at=at)
    back = payment.arrived - sum(known.values_list("amount", flat=True))
    if back > 0:
        _send_back(payment, back, at=at)


def _enter(payment: Payment, new: int, *, at: datetime) -> None:
    payment.arrived += new
    payment.save(update_fields=["arrived"])
    idem = f"part:{payment.key}:{payment.arrived}"
    where: dict[str, Any] = {"provider": payment.provider, "at": at}
    escrow.fund_partly(payment.purpose_kind, payment.purpose_id, new, **where, idem=idem)


def _send_back(payment: Payment, amount: int, *, at: datetime) -> None:
    idem = f"transfer:{payment.key}:{payment.arrived}"
    refunding.send_back(payment, amount, at=at, idem=idem)
    record(
        "payment.sent_back",
        payment,
        by=None,
        at=at,
        people=[payment.payer],
        amount=amount,
        **_about(payment),
    )


def _about(payment: Payment) -> dict[str, object]:
    return {"purpose_kind": payment.purpose_kind, "purpose_id": payment.purpose_id}
