"""Payouts to one person stop, and go on again. What is owed stays owed and is shown (M9, PE2)."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.errors import Refused
from enishi.payments.models import PayoutHold


@transaction.atomic
def hold(account_id: int, *, by: Account | None, at: datetime, cause: str, reason: str) -> None:
    """Nothing is sent to this person until the hold of this cause ends. The person is told."""
    account = _locked(account_id)
    if _open(account_id).filter(cause=cause).exists():
        return
    held = PayoutHold.objects.create(account=account, cause=cause, reason=reason, held_at=at)
    facts = {"reason": reason if cause == "office" else ""}
    record("payout.held", held, by=by, at=at, people=[account_id], account_id=account_id, **facts)


@transaction.atomic
def resume(account_id: int, *, by: Account | None, at: datetime, cause: str = "") -> None:
    """The holds of this cause end, or all of them; what is owed is sent with the next sweep."""
    _locked(account_id)
    ended = _open(account_id)
    if cause:
        ended = ended.filter(cause=cause)
    latest = ended.order_by("-id").first()
    if latest is None:
        return
    ended.update(ended_at=at)
    if not _open(account_id).exists():
        record("payout.resumed", latest, by=by, at=at, people=[account_id], account_id=account_id)


def refuse_if_held(account_id: int) -> None:
    if _open(account_id).filter(cause="office").exists():
        raise Refused.because("payout.held_already")


def refuse_unless_held(account_id: int) -> None:
    if not _open(account_id).exists():
        raise Refused.because("payout.not_held")


def _open(account_id: int) -> QuerySet[PayoutHold]:
    return PayoutHold.objects.filter(account_id=account_id, ended_at=None)


def _locked(account_id: int) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account_id)
