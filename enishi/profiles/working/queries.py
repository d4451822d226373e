"""What others read of somebody's weeks and rates."""

from datetime import date

from django.db.models import QuerySet

from enishi.kit.compiled import compiled
from enishi.profiles.models import Rate, WeekCapacity


def said(account_id: int) -> dict[date, int]:
    """Hours by Monday, where they differ from the usual ones."""
    return {row.week_on: row.hours for row in _weeks(account_id)}


@compiled
def _weeks(account_id: int) -> QuerySet[WeekCapacity]:
    return WeekCapacity.objects.filter(account_id=account_id).order_by("week_on")


def rates(account_id: int) -> list[Rate]:
    """In their owner's order."""
    found: list[Rate] = _rates(account_id)
    return found


@compiled
def _rates(account_id: int) -> QuerySet[Rate]:
    return Rate.objects.filter(account_id=account_id).order_by("position")
