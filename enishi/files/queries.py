"""Reads about files that are more than one row."""

import hashlib
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Sum

from .models import StoredFile


def bytes_of(ids: Iterable[UUID]) -> int:
    """What some files weigh together, for the limit of a contract."""
    total = StoredFile.objects.filter(pk__in=list(ids)).aggregate(total=Sum("size"))["total"]
    return int(total or 0)


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
