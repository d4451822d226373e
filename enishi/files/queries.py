"""Reads about files that are more than one row."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum

from enishi.kit.compiled import compiled
from enishi.kit.days import day_of, start_of_day

from .models import Scan, StoredFile


def bytes_of(ids: Iterable[UUID]) -> int:
    """What some files weigh together, for the limit of a contract."""
    total = StoredFile.objects.filter(pk__in=list(ids)).aggregate(total=Sum("size"))["total"]
    return int(total or 0)


def uploaded_on(account_id: int, at: datetime) -> int:
    """Bytes that a person has uploaded on the day of `at`, in Tokyo."""
    today = StoredFile.objects.filter(
        owner_id=account_id, created_at__gte=start_of_day(day_of(at)), is_reencoded=False
    )
    return int(today.aggregate(total=Sum("size"))["total"] or 0)


def scans(ids: Iterable[UUID]) -> dict[UUID, Scan]:
    """What is known about some files, in one query."""
    return {scan.pk: scan for scan in _scans(list(ids))}


@compiled
def _scans(ids: list[UUID]) -> QuerySet[Scan]:
    return Scan.objects.filter(file_id__in=ids)


def damaged() -> Iterator[StoredFile]:
    """Rows whose bytes are gone or are no longer those that were handed in. Reads every byte."""
    for stored in StoredFile.objects.order_by("id").iterator():
        if not _is_whole(stored):
            yield stored


def _is_whole(stored: StoredFile) -> bool:
    try:
        with stored.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256
    except FileNotFoundError:
        return False
