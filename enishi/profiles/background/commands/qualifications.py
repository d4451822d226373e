"""Qualifications as their holder says them."""

from datetime import datetime

from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.profiles import limits
from enishi.profiles.background import policy
from enishi.profiles.background.policy import Held
from enishi.profiles.models import Qualification

FIELDS = ("name", "issuer", "obtained_on", "number")


@transaction.atomic
def add(*, by: Account, at: datetime, held: Held) -> Qualification:
    """Name one more qualification."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Qualification.objects.filter(account=by).count() >= limits.QUALIFICATIONS_MOST:
        raise Refused.because("qualification.too_many", most=limits.QUALIFICATIONS_MOST)
    told = _written(Qualification(account=by), held, at=at)
    record("profile.qualification_added", told, by=by, at=at)
    return told


@transaction.atomic
def change(qualification_id: int, *, by: Account, at: datetime, held: Held) -> Qualification:
    """Say it anew."""
    told = _written(_mine(qualification_id, by), held, at=at)
    record("profile.qualification_changed", told, by=by, at=at)
    return told


@transaction.atomic
def remove(qualification_id: int, *, by: Account, at: datetime) -> None:
    """Name it no more."""
    told = _mine(qualification_id, by)
    record("profile.qualification_removed", told, by=by, at=at)
    told.delete()


def _mine(qualification_id: int, by: Account) -> Qualification:
    return Qualification.objects.select_for_update().get(pk=qualification_id, account=by)


def _written(told: Qualification, held: Held, *, at: datetime) -> Qualification:
    if code := policy.held_fault(held, today=day_of(at)):
        raise Refused.because(code)
    for name in FIELDS:
        setattr(told, name, getattr(held, name))
    told.save()
    return told
