"""The office decides what documents show (VE1), or takes a check back. Nobody decides about
themselves, and nothing is decided by silence."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.accounts.policy import has_grade
from enishi.events.journal import record
from enishi.kit.days import days_after
from enishi.kit.errors import Refused
from enishi.verification import clocks
from enishi.verification.lifecycle import PICTURE, VERIFICATION
from enishi.verification.models import SealedPicture, Verification

from . import ending


@transaction.atomic
def approve(verification_id: int, *, by: Account, at: datetime) -> Verification:
    """The documents show it: the day is shown to others, and the pictures have 30 days left."""
    checked = _decided(verification_id, "approve", by=by, at=at)
    older = Verification.objects.select_for_update().filter(
        account=checked.account_id, kind=checked.kind, title=checked.title, status="approved"
    )
    for one in older:
        ending.replace(one, at=at)
    due = days_after(at, settings.RULES.verification_valid_days)
    checked.wait(clocks.approved(settings.RULES), since=at, due=due)
    checked.save()
    _tell("verification.approved", checked, by=by, at=at)
    return checked


@transaction.atomic
def reject(verification_id: int, *, by: Account, at: datetime, reason: str) -> Verification:
    """The documents do not show it: the person reads why, and what to hand in instead."""
    said = _reason(reason)
    checked = _decided(verification_id, "reject", by=by, at=at)
    checked.decision = said
    checked.stop_waiting()
    checked.save()
    _tell("verification.rejected", checked, by=by, at=at, reason=said)
    return checked


@transaction.atomic
def withdraw(verification_id: int, *, by: Account, at: datetime, reason: str) -> Verification:
    """A check that stood turns out wrong: it counts no more, at once, and the person reads why."""
    said = _reason(reason)
    checked = _locked(verification_id, by=by)
    checked.status = VERIFICATION.after(checked.status, "withdraw")
    checked.ended_by, checked.ended_at, checked.ending = by, at, said
    ending.free_number(checked)
    checked.stop_waiting()
    checked.save()
    _tell("verification.withdrawn", checked, by=by, at=at, reason=said)
    return checked


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused.because("verification.reason_missing")
    return reason.strip()


def _locked(verification_id: int, *, by: Account) -> Verification:
    rows = Verification.objects.select_for_update(of=("self",)).select_related("account")
    checked = rows.get(pk=verification_id)
    if not has_grade(by.office_grade, "operator"):
        raise Refused.because("verification.not_operator")
    if checked.account_id == by.pk:
        raise Refused.because("verification.own")
    return checked


def _decided(verification_id: int, verb: str, *, by: Account, at: datetime) -> Verification:
    checked = _locked(verification_id, by=by)
    checked.status = VERIFICATION.after(checked.status, verb)
    checked.decided_by, checked.decided_at = by, at
    _count_down(checked, at=at)
    return checked


def _count_down(checked: Verification, *, at: datetime) -> None:
    """Exactly so many days, not until their end: that is what was promised (P2)."""
    due = at + timedelta(days=settings.RULES.document_kept_days)
    for picture in SealedPicture.objects.select_for_update().filter(verification=checked):
        picture.status = PICTURE.after(picture.status, "keep")
        picture.wait(clocks.kept(settings.RULES), since=at, due=due)
        picture.save()


def _tell(name: str, checked: Verification, *, by: Account, at: datetime, **facts: str) -> None:
    facts |= {"check": checked.kind, "what": checked.title}
    record(name, checked, by=by, at=at, people=[checked.account_id], **facts)
