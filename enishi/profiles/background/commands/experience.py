"""Business experience: each stretch of work is a row of its own."""

from datetime import datetime

from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.profiles import limits
from enishi.profiles.background import policy
from enishi.profiles.background.policy import Stage
from enishi.profiles.models import Experience

FIELDS = ("started_on", "ended_on", "place", "role", "text")


@transaction.atomic
def add(*, by: Account, at: datetime, stage: Stage) -> Experience:
    """Tell one more stretch of work."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Experience.objects.filter(account=by).count() >= limits.EXPERIENCES_MOST:
        raise Refused.because("experience.too_many", most=limits.EXPERIENCES_MOST)
    told = _written(Experience(account=by), stage, at=at)
    record("profile.experience_added", told, by=by, at=at)
    return told


@transaction.atomic
def change(experience_id: int, *, by: Account, at: datetime, stage: Stage) -> Experience:
    """Tell it anew."""
    told = _written(_mine(experience_id, by), stage, at=at)
    record("profile.experience_changed", told, by=by, at=at)
    return told


@transaction.atomic
def remove(experience_id: int, *, by: Account, at: datetime) -> None:
    """Tell it no more."""
    told = _mine(experience_id, by)
    record("profile.experience_removed", told, by=by, at=at)
    told.delete()


def _mine(experience_id: int, by: Account) -> Experience:
    return Experience.objects.select_for_update().get(pk=experience_id, account=by)


def _written(told: Experience, stage: Stage, *, at: datetime) -> Experience:
    if code := policy.stage_fault(stage, today=day_of(at)):
        raise Refused.because(code)
    for name in FIELDS:
        setattr(told, name, getattr(stage, name))
    told.save()
    return told
