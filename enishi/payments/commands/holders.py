"""The office looks at an account whose holder is not its owner's own name. Until then nothing is
sent there, and what is owed stays payable.

Locks: the bank account, then its check.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.errors import Refused
from enishi.payments import clocks
from enishi.payments.lifecycle import HOLDER
from enishi.payments.models import BankAccount, HolderCheck

REFUSED = "holder_refused"


@transaction.atomic
def confirm(check_id: int, *, by: Account, at: datetime) -> HolderCheck:
    """The holder is right: payouts go there from now on."""
    check = _decided(check_id, "confirm", by=by, at=at)
    check.save()
    _tell("holder.confirmed", check, by=by, at=at, people=[check.bank.account_id])
    return check


@transaction.atomic
def refuse(check_id: int, *, by: Account, at: datetime, reason: str) -> HolderCheck:
    """Nothing is sent there: its owner reads why, and names another account."""
    if not reason.strip():
        raise Refused.because("holder.reason_missing")
    check = _decided(check_id, "refuse", by=by, at=at)
    check.decision = reason.strip()
    check.save()
    check.bank.refused_at, check.bank.refusal_code = at, REFUSED
    check.bank.save(update_fields=["refused_at", "refusal_code"])
    people, words = [check.bank.account_id], {"reason": check.decision}
    _tell("holder.refused", check, by=by, at=at, people=people, **words)
    return check


def drop(bank: BankAccount, *, at: datetime) -> None:
    """On a locked bank account: another one takes its place, so that nobody need look any more."""
    waiting = HolderCheck.objects.select_for_update().filter(bank=bank, status="waiting")
    for check in waiting:
        check.status, check.decided_at = HOLDER.after(check.status, "drop"), at
        check.stop_waiting()
        check.save()


@transaction.atomic
def tick(check_id: int, *, at: datetime) -> None:
    """CL16: the office has not looked in time."""
    check = _locked(check_id)
    if check.status == "waiting" and check.step_due(clocks.looked_at(settings.RULES), at):
        check.save(update_fields=["next_at"])
        _tell("holder.overdue", check, by=None, at=at, people=accounts.treasurers())


def _locked(check_id: int) -> HolderCheck:
    bank_id = HolderCheck.objects.values_list("bank_id", flat=True).get(pk=check_id)
    BankAccount.objects.select_for_update().get(pk=bank_id)
    rows = HolderCheck.objects.select_for_update(of=("self",)).select_related("bank")
    return rows.get(pk=check_id)


def _decided(check_id: int, verb: str, *, by: Account, at: datetime) -> HolderCheck:
    check = _locked(check_id)
    check.status = HOLDER.after(check.status, verb)
    if check.bank.account_id == by.pk:
        raise Refused.because("holder.own_account")
    check.decided_by, check.decided_at = by, at
    check.stop_waiting()
    return check


def _tell(
    name: str,
    check: HolderCheck,
    *,
    by: Account | None,
    at: datetime,
    people: list[int],
    **facts: str,
) -> None:
    record(name, check, by=by, at=at, people=people, last4=check.bank.last4, **facts)
