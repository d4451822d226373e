"""What others read of experience, qualifications and languages. A qualification's number is not
among it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from enishi.kit.compiled import compiled
from enishi.profiles.limits import LEVELS
from enishi.profiles.models import Experience, Qualification, SpokenLanguage


@dataclass(frozen=True, slots=True)
class Credential:
    """A qualification as others see it."""

    id: int
    name: str
    issuer: str
    obtained_on: date | None


def experience(account_id: int) -> list[Experience]:
    """What goes on first, then by its end and its beginning, the newest first."""
    return sorted(_experience(account_id), key=_recent, reverse=True)


def _recent(told: Experience) -> tuple[bool, date, date, int]:
    return told.ended_on is None, told.ended_on or told.started_on, told.started_on, told.pk


@compiled
def _experience(account_id: int) -> QuerySet[Experience]:
    return Experience.objects.filter(account_id=account_id).order_by("-id")


def credentials(account_id: int) -> list[Credential]:
    """The newest first; those without a day last."""
    rows = [Credential(*row) for row in _credentials(account_id)]
    return sorted(rows, key=lambda one: (one.obtained_on or date.min, one.id), reverse=True)


@compiled
def _credentials(account_id: int) -> QuerySet[Qualification, tuple[int, str, str, date | None]]:
    return (
        Qualification.objects.filter(account_id=account_id)
        .order_by("id")
        .values_list("id", "name", "issuer", "obtained_on")
    )


def qualification(qualification_id: int, *, account_id: int) -> Qualification:
    """One's own, with its number."""
    return Qualification.objects.get(pk=qualification_id, account_id=account_id)


def languages(account_id: int) -> list[SpokenLanguage]:
    """Those known best come first."""
    return sorted(_languages(account_id), key=lambda one: LEVELS.index(one.level))


@compiled
def _languages(account_id: int) -> QuerySet[SpokenLanguage]:
    return SpokenLanguage.objects.filter(account_id=account_id).order_by("id")
