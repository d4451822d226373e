"""Keeping files: bytes first, then the row, inside the caller's transaction."""

import errno
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.kit.errors import Refused
from enishi.kit.ids import uuid7

from . import names, sniff, spool
from .models import StoredFile

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
    name = names.cleaned(uploaded.name or "")
    return keep(uploaded.chunks(), name=name, by=by, at=at)


@transaction.atomic
def keep(
    chunks: Iterable[bytes], *, name: str, by: Account, at: datetime, is_reencoded: bool = False
) -> StoredFile:
    """Store bytes under a name that is already clean."""
    megabytes = settings.RULES.file_megabytes
    try:
        spooled = spool.write(chunks, most=megabytes * MEGABYTE)
    except spool.TooLarge:
        raise Refused.because("file.too_large", name=name, megabytes=megabytes) from None
    except OSError as fault:
        if fault.errno not in NO_ROOM:
            raise
        raise Refused.because("file.no_room", name=name) from fault
    if spooled.size == 0:
        spooled.path.unlink()
        raise Refused.because("file.empty", name=name)
    key = uuid7()
    stored_as = spool.place_for(key)
    spool.keep(spooled, stored_as)
    return StoredFile.objects.create(
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
