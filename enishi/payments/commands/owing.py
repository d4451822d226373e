"""What a payer owes after their bank took a payment back, and how it ends: they pay, the escrow
that would have gone back to them settles it, or two treasurers write it off (M11, PE2).

Locks: the payment, then the chargeback, then the ledger.
"""

from datetime import datetime

from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.escrow import commands as escrow
from enishi.events.journal import record
from enishi.payments.lifecycle import CHARGEBACK
from enishi.payments.models import Chargeback, Payment


def locked(chargeback_id: int) -> Chargeback:
    """The chargeback under the lock of its payment, then its own."""
    payment_id = Chargeback.objects.values_list("payment_id", flat=True).get(pk=chargeback_id)
    Payment.objects.select_for_update().get(pk=payment_id)
    rows = Chargeback.objects.select_for_update(of=("self",)).select_related("payment__payer")
    return rows.get(pk=chargeback_id)


def settle_part(
    chargeback: Chargeback,
    part: int,
    purpose_kind: str,
    purpose_id: int,
    *,
    at: datetime,
    idem: str,
) -> None:
    """On a locked chargeback that was lost: escrow of this purpose settles a part of it."""
    payer = chargeback.payment.payer_id
    _less(chargeback, part, "recover", at=at)
    escrow.recover(purpose_kind, purpose_id, part, payer=payer, at=at, idem=f"recovery:{idem}")
    if chargeback.status == "recovered":
        tell("chargeback.recovered", chargeback, at=at, office=True)


@transaction.atomic
def write_off(chargeback_id: int, *, by: Account, at: datetime) -> Chargeback:
    """The market bears what is still owed. Called by the office's act of two treasurers (PE2)."""
    chargeback = locked(chargeback_id)
    owed, payer = chargeback.owed, chargeback.payment.payer_id
    _less(chargeback, owed, "write_off", at=at)
    tell("chargeback.written_off", chargeback, at=at, by=by, owed=owed)
    idem = f"write-off:{chargeback.provider_id}"
    escrow.write_off(*about(chargeback.payment), owed, payer=payer, at=at, idem=idem)
    return chargeback


def _less(chargeback: Chargeback, part: int, verb: str, *, at: datetime) -> None:
    chargeback.owed -= part
    if chargeback.owed == 0:
        chargeback.status = CHARGEBACK.after(chargeback.status, verb)
        chargeback.closed_at = at
        chargeback.stop_waiting()
    chargeback.save()


def about(payment: Payment) -> tuple[str, int]:
    """What a payment was for, as the ledger names it."""
    return payment.purpose_kind, payment.purpose_id


def tell(
    name: str,
    chargeback: Chargeback,
    *,
    at: datetime,
    by: Account | None = None,
    office: bool = False,
    payer: bool = True,
    **facts: object,
) -> None:
    """Record an event about a chargeback: for its payer, and for the treasurers."""
    payment = chargeback.payment
    people: list[int] = [payment.payer_id] if payer else []
    people += accounts.treasurers() if office else []
    record(
        name,
        chargeback,
        by=by,
        at=at,
        people=people,
        client_id=payment.payer_id,
        payment_id=payment.pk,
        purpose_kind=payment.purpose_kind,
        purpose_id=payment.purpose_id,
        amount=chargeback.amount,
        **({"owed": chargeback.owed} | facts),
    )
