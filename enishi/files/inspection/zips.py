"""The table of contents of a zip file, read entry by entry from its end. Nothing is unpacked, and
no number in it is believed before it has been compared with the file."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from .unfit import Unfit

END, END64, AT64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
ENTRY, LOCAL = b"PK\x01\x02", b"PK\x03\x04"
TAIL = 65_536 + 22  # the longest comment, and the record before it
STORED, DEFLATED = 0, 8
ENCRYPTED, UTF8 = 1, 1 << 11
ALL32 = 0xFFFFFFFF
LINK, REGULAR, FOLDER = 0o120000, 0o100000, 0o040000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table, as it claims to be."""

    name: str
    size: int
    packed: int
    method: int
    flags: int
    mode: int  # as Unix writes it; 0 where another system did
    offset: int

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & ENCRYPTED)

    @property
    def kind(self) -> int:
        return self.mode & 0o170000


def entries(file: IO[bytes]) -> Iterator[Entry]:
    """One after the other; who has seen enough simply stops."""
    file.seek(0, 2)
    whole = file.tell()
    offset, count = _table(file, whole)
    for _ in range(count):
        file.seek(offset)
        head = file.read(46)
        if len(head) < 46 or not head.startswith(ENTRY):
            raise Unfit("broken")
        fields = struct.unpack("<4s6H3L5H2L", head)
        lengths = fields[10:13]
        rest = file.read(sum(lengths))
        offset += 46 + sum(lengths)
        entry = _entry(fields, rest, lengths)
        if entry.offset >= whole:
            raise Unfit("broken")
        yield entry


def _table(file: IO[bytes], whole: int) -> tuple[int, int]:
    """Where the table begins, and how many entries it claims."""
    start = max(0, whole - TAIL)
    file.seek(start)
    tail = file.read(TAIL)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        raise Unfit("broken")
    count, size, offset = struct.unpack("<10xHLL2x", tail[at : at + 22])
    if ALL32 in (size, offset) or count == 0xFFFF:
        found = _table64(file, tail[max(0, at - 20) : at])
        if found:
            count, size, offset = found
    # Something may stand before the zip; then every offset is off by as much.
    if offset + size > start + at:
        raise Unfit("broken")
    return offset, count


def _table64(file: IO[bytes], pointer: bytes) -> tuple[int, int, int] | None:
    if len(pointer) < 20 or not pointer.startswith(AT64):
        return None
    file.seek(struct.unpack("<8xQ4x", pointer)[0])
    record = file.read(56)
    if len(record) < 56 or not record.startswith(END64):
        raise Unfit("broken")
    count, size, offset = struct.unpack("<32xQQQ", record)
    return count, size, offset


def _entry(fields: tuple, rest: bytes, lengths: tuple[int, ...]) -> Entry:
    _, made, _, flags, method, _, _, _, packed, size, *_, outer, offset = fields
    raw, extra = rest[: lengths[0]], rest[lengths[0] : lengths[0] + lengths[1]]
    size, packed, offset = _sizes64(extra, size, packed, offset)
    mode = outer >> 16 if made >> 8 == 3 else 0
    return Entry(_name(raw, flags), size, packed, method, flags, mode, offset)


def _sizes64(extra: bytes, *values: int) -> list[int]:
    """Values too large for their place stand in an extra field, in this order."""
    found, at = list(values), 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        body = extra[at + 4 : at + 4 + length]
        at += 4 + length
        if kind != 1:
            continue
        for place, value in enumerate(values):
            if value == ALL32 and len(body) >= 8:
                found[place] = struct.unpack_from("<Q", body)[0]
                body = body[8:]
    return found


def _name(raw: bytes, flags: int) -> str:
    """Japanese Windows writes Shift_JIS and does not say so."""
    for encoding in ("utf-8",) if flags & UTF8 else ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def first_bytes(file: IO[bytes], entry: Entry, most: int) -> bytes:
    """The first bytes of an entry, and never more than `most`."""
    file.seek(entry.offset)
    head = file.read(30)
    if len(head) < 30 or not head.startswith(LOCAL):
        raise Unfit("broken")
    file.seek(sum(struct.unpack("<26xHH", head)), 1)
    packed = file.read(min(entry.packed, most + 1024))
    if entry.method == STORED:
        return packed[:most]
    if entry.method != DEFLATED:
        raise Unfit("unknown_method")
    try:
        return zlib.decompressobj(-15).decompress(packed, most)
    except zlib.error:
        raise Unfit("broken") from None
