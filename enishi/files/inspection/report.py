"""What stands in a file, for whoever is to open it: the names in an archive, and what to beware of
(F3, F5, story 13). It never unpacks, and looks one layer deep."""

import itertools
import re
import struct
from typing import IO, Any

from . import entry_marks, tars, zips
from .entry_marks import EICAR_MOST, is_eicar
from .unfit import Unfit

LISTED = 1_000  # entries
UNPACKED = 1024**3  # bytes
RATIO = 100
HEAD = 64 * 1024
OPAQUE = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd")
PDF = {
    "script": re.compile(rb"/(?:JavaScript|JS)\b"),
    "launch": re.compile(rb"/Launch\b"),
    "embedded": re.compile(rb"/EmbeddedFiles?\b"),
}
REMOTE = re.compile(rb'(?:attachedTemplate|oleObject|frame)"[^>]*TargetMode="External"')
FORMULA = re.compile('(?:^|[\\r\\n,;\\t])"?(?:[=+@]|＝|＋|＠)[^ ,;\\t]'.encode())
BROKEN = (OSError, OverflowError, ValueError, struct.error)  # numbers no file can have
MACRO = ("vbaproject.bin", "basic/script-lc.xml", "vbadata.xml")


def of(file: IO[bytes]) -> dict[str, Any]:
    """A report as plain JSON; see `files/reports.py` for its words."""
    found: dict[str, Any] = {"kind": "", "entries": [], "count": 0, "total": 0}
    found |= {"marks": [], "unread": [], "caught": ""}
    head = file.read(HEAD)
    file.seek(0)
    try:
        _look(file, head, found)
    except Unfit as unfit:
        found["unread"].append(str(unfit))
    except BROKEN:
        found["unread"].append("broken")
    for name in ("marks", "unread"):
        found[name] = sorted(set(found[name]))
    return found


def _look(file: IO[bytes], head: bytes, found: dict[str, Any]) -> None:
    if len(head) <= EICAR_MOST and is_eicar(head):
        found["caught"] = "EICAR"
    elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _zip(file, found)
    elif head.startswith(b"\x1f\x8b"):
        _gzip(file, found)
    elif head[257:262] == b"ustar":
        _tar(file, found, is_gzip=False)
    elif head.startswith(OPAQUE):
        found["kind"] = "archive"
        found["unread"].append("opaque")
    elif b"%PDF-" in head[:1024]:
        _search(file, found, PDF)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        macro = re.compile("_VBA_PROJECT".encode("utf-16-le"))
        _search(file, found, {"macro": macro})
    elif b"\0" not in head and FORMULA.search(head):
        found["marks"].append("formula")


def _search(file: IO[bytes], found: dict[str, Any], wanted: dict[str, re.Pattern[bytes]]) -> None:
    before = b""
    while chunk := file.read(1024 * 1024):
        window = before + chunk
        found["marks"] += [mark for mark, words in wanted.items() if words.search(window)]
        before = chunk[-64:]


def _zip(file: IO[bytes], found: dict[str, Any]) -> None:
    found["kind"] = "zip"
    spans, packed, names = [], 0, set()
    for entry in zips.entries(file):
        found["count"] += 1
        found["total"] += entry.size
        packed += entry.packed
        if found["count"] > LISTED:
            found["unread"].append("too_many")
            break
        spans.append((entry.offset, entry.offset + 30 + entry.packed))
        marks = entry_marks.of_zip(entry, names)
        names.add(entry.name)
        _peek(file, entry, found, marks)
        found["entries"].append([entry_marks.shown(entry.name), entry.size, sorted(marks)])
    _weigh(found, packed)
    if _overlap(spans):
        found["marks"].append("trap")


def _peek(file: IO[bytes], entry: zips.Entry, found: dict[str, Any], marks: set[str]) -> None:
    """The first bytes of an entry tell whether it is a known test virus or an archive itself."""
    name = entry.name.lower()
    if name.endswith(MACRO):
        found["marks"].append("macro")
    if entry.is_encrypted:
        found["unread"].append("encrypted")
        return
    try:
        most = HEAD if name.endswith(".rels") else EICAR_MOST + 1
        first = zips.first_bytes(file, entry, most)
    except Unfit as unfit:
        found["unread"].append(str(unfit))
        return
    if REMOTE.search(first):
        found["marks"].append("remote")
    _judge(first, entry.size, found, marks)


def _judge(first: bytes, size: int, found: dict[str, Any], marks: set[str]) -> None:
    if len(first) <= EICAR_MOST and is_eicar(first):
        found["caught"] = "EICAR"
        marks.add("caught")
    if first.startswith((b"PK\x03\x04", b"\x1f\x8b", *OPAQUE)):
        marks.add("nested")
        found["unread"].append("nested")
    if len(first) <= EICAR_MOST and size != len(first):
        found["marks"].append("trap")  # it says another length than it has


def _gzip(file: IO[bytes], found: dict[str, Any]) -> None:
    first = tars.first_of_gzip(file, 512)
    file.seek(0)
    if first[257:262] == b"ustar":
        _tar(file, found, is_gzip=True)
        return
    found["kind"] = "gzip"
    if len(first) <= EICAR_MOST and is_eicar(first):
        found["caught"] = "EICAR"
    if first.startswith((b"PK\x03\x04", b"\x1f\x8b", *OPAQUE)):
        found["unread"].append("nested")


def _tar(file: IO[bytes], found: dict[str, Any], *, is_gzip: bool) -> None:
    found["kind"] = "tar"
    names: set[str] = set()
    try:
        for member, first in tars.members(file, is_gzip=is_gzip):
            found["count"] += 1
            if found["count"] > LISTED:
                found["unread"].append("too_many")
                break
            found["total"] += member.size
            marks = entry_marks.of_tar(member, names)
            names.add(member.name)
            if member.isreg():
                _judge(first, min(member.size, 512), found, marks)
            line = [entry_marks.shown(member.name), member.size, sorted(marks)]
            found["entries"].append(line)
    finally:
        file.seek(0, 2)
        _weigh(found, file.tell() if is_gzip else found["total"])


def _weigh(found: dict[str, Any], packed: int) -> None:
    """Far more inside than outside: to unpack it may fill a disk."""
    if found["total"] > UNPACKED:
        found["marks"].append("large")
    if found["total"] > 1024 * 1024 and found["total"] > RATIO * max(packed, 1):
        found["marks"].append("trap")


def _overlap(spans: list[tuple[int, int]]) -> bool:
    spans.sort()
    return any(first[1] > second[0] for first, second in itertools.pairwise(spans))
