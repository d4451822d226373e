"""What others read of somebody's weeks and rates."""

from collections.abc import Iterable
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


def said_by(account_ids: Iterable[int]) -> dict[int, dict[date, int]]:
    """The hours by Monday of many people, in one query; who said nothing is absent."""
    found: dict[int, dict[date, int]] = {}
    for row in _weeks_of(list(account_ids)):
        found.setdefault(row.account_id, {})[row.week_on] = row.hours
    return found


@compiled
def _weeks_of(account_ids: list[int]) -> QuerySet[WeekCapacity]:
    return WeekCapacity.objects.filter(account_id__in=account_ids)


def rates_of(account_ids: Iterable[int]) -> dict[int, list[Rate]]:
    """The rate guides of many people in their owners' order, in one query; without rows, absent."""
    found: dict[int, list[Rate]] = {}
    for row in _rates_of(list(account_ids)):
        found.setdefault(row.account_id, []).append(row)
    return found


@compiled
def _rates_of(account_ids: list[int]) -> QuerySet[Rate]:
    return Rate.objects.filter(account_id__in=account_ids).order_by("account_id", "position")
