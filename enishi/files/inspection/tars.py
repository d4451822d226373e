"""Tape archives, plain or in gzip, read from front to back; a single file in gzip, too."""

import io
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO

from .unfit import Unfit

MOST = 64 * 1024 * 1024  # bytes that we let a gzip grow to, to find the names in it
CHUNK = 64 * 1024
GZIP = 31  # zlib's word for it


class Grown(io.RawIOBase):
    """What a gzip holds, as it comes, up to a limit."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.inside = file, zlib.decompressobj(GZIP)
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        found = b""
        while len(found) < size and not self.inside.eof:
            packed = self.inside.unconsumed_tail or self.file.read(CHUNK)
            if not packed:
                break
            try:
                found += self.inside.decompress(packed, size - len(found))
            except zlib.error:
                raise Unfit("broken") from None
        self.given += len(found)
        if self.given > MOST:
            raise Unfit("too_much")
        return found


def members(file: IO[bytes], *, is_gzip: bool) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    """Each entry with its first bytes."""
    whole = file.seek(0, 2)
    file.seek(0)
    stream = Grown(file) if is_gzip else file
    try:
        with tarfile.open(fileobj=stream, mode="r|", errors="replace") as archive:  # type: ignore[call-overload]  # reads only
            for member in archive:
                if member.size > (MOST if is_gzip else whole):
                    raise Unfit("too_much" if is_gzip else "broken")
                yield member, _first_bytes(archive, member)
    except (tarfile.TarError, ValueError, OverflowError):
        raise Unfit("broken") from None


def _first_bytes(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    inside = archive.extractfile(member) if member.isreg() else None
    return inside.read(512) if inside else b""


def first_of_gzip(file: IO[bytes], most: int) -> bytes:
    file.seek(0)
    return Grown(file).read(most)
