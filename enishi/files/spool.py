"""Bytes on their way to the disk: counted, hashed, flushed, and renamed only when whole."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from enishi.kit.failpoints import failpoint

from . import sniff

TEMPORARY = "tmp"


class TooLarge(Exception):
    """More bytes came than are allowed."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """What was written, before it has its final place."""

    path: Path
    size: int
    sha256: str
    head: bytes


def write(chunks: Iterable[bytes], *, most: int) -> Spooled:
    """Write to a temporary file, stopping at the first byte too many. Nothing is left behind
    when this fails; what a crash leaves, the sweep removes."""
    folder = Path(settings.MEDIA_ROOT) / TEMPORARY
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    try:
        return _write(path, chunks, most)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(path: Path, chunks: Iterable[bytes], most: int) -> Spooled:
    size, digest, head = 0, hashlib.sha256(), b""
    with path.open("xb") as file:
        failpoint("files.opened")
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise TooLarge
            if len(head) < sniff.HEAD:
                head = (head + chunk)[: sniff.HEAD]
            digest.update(chunk)
            file.write(chunk)
            failpoint("files.written")
        file.flush()
        os.fsync(file.fileno())
    return Spooled(path, size, digest.hexdigest(), head)


def place_for(key: UUID) -> str:
    """Where the bytes of a row lie, below MEDIA_ROOT. The last byte of a v7 id is random."""
    return f"{key.hex[-2:]}/{key}"


def keep(spooled: Spooled, stored_as: str) -> None:
    """Give whole bytes their final place, durably: the row may follow, never go before."""
    target = Path(settings.MEDIA_ROOT) / stored_as
    target.parent.mkdir(mode=0o700, exist_ok=True)
    spooled.path.rename(target)
    failpoint("files.renamed")
    for folder in (target.parent, target.parent.parent):
        _flush(folder)


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
