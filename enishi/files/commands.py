"""Keeping files: bytes first, then the row, inside the caller's transaction."""

import errno
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.kit.errors import Refused
from enishi.kit.failpoints import failpoint
from enishi.kit.ids import uuid7

from . import names, queries, scans, sniff, spool
from .models import BlockedHash, StoredFile

MEGABYTE = 1024 * 1024
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class Uploaded(Protocol):
    """What a form hands over."""

    name: str | None

    def chunks(self) -> Iterable[bytes]: ...


@transaction.atomic
def store(uploaded: Uploaded, *, by: Account, at: datetime) -> StoredFile:
    """A person hands in a file; its hash is fixed from here on. If the caller's transaction
    fails, the bytes stay without a row and the sweep removes them a day later."""
    given = uploaded.name or ""
    name = names.cleaned(given)
    if not getattr(uploaded, "is_kept", True):  # it was too large already while it came in
        room = _room(name, by=by, at=at)
        raise Refused.because(room["code"], name=name, megabytes=room["megabytes"])
    stored = keep(uploaded.chunks(), name=name, by=by, at=at)
    scans.begin(stored, marks=names.marks(given), at=at)
    return stored


@transaction.atomic
def keep(
    chunks: Iterable[bytes], *, name: str, by: Account, at: datetime, is_reencoded: bool = False
) -> StoredFile:
    """Store bytes under a name that is already clean."""
    spooled = _spooled(chunks, name, _room(name, by=by, at=at))
    failpoint("files.spooled")
    try:
        _check(spooled, name)
    except Refused:
        spooled.path.unlink()
        raise
    key = uuid7()
    stored_as = spool.place_for(key)
    spool.keep(spooled, stored_as)
    failpoint("files.placed")
    stored = StoredFile.objects.create(
        id=key,
        owner=by,
        name=name,
        size=spooled.size,
        sha256=spooled.sha256,
        content_type=sniff.content_type(spooled.head, name),
        stored_as=stored_as,
        is_reencoded=is_reencoded,
        created_at=at,
    )
    failpoint("files.inserted")
    return stored


def _room(name: str, *, by: Account, at: datetime) -> dict[str, Any]:
    """How many bytes may come, and what is said at the first byte too many."""
    rules = settings.RULES
    left = rules.day_megabytes * MEGABYTE - queries.uploaded_on(by.pk, at)
    if left < rules.file_megabytes * MEGABYTE:
        return {"most": max(left, 0), "code": "file.day_full", "megabytes": rules.day_megabytes}
    megabytes = rules.file_megabytes
    return {"most": megabytes * MEGABYTE, "code": "file.too_large", "megabytes": megabytes}


def _spooled(chunks: Iterable[bytes], name: str, room: dict[str, Any]) -> spool.Spooled:
    try:
        return spool.write(chunks, most=room["most"])
    except spool.TooLarge:
        megabytes = room["megabytes"]
        raise Refused.because(room["code"], name=name, megabytes=megabytes) from None
    except OSError as fault:
        if fault.errno not in NO_ROOM:
            raise
        raise Refused.because("file.no_room", name=name) from fault


def _check(spooled: spool.Spooled, name: str) -> None:
    if spooled.size == 0:
        raise Refused.because("file.empty", name=name)
    if BlockedHash.objects.filter(pk=spooled.sha256).exists():
        raise Refused.because("file.blocked", name=name)
