"""What is odd about one entry of an archive. Names are shown, never used."""

import tarfile
import unicodedata

from .zips import FOLDER, LINK, REGULAR, Entry

SHOWN = 200  # characters of a name
# The test virus that every scanner knows, in two halves so that none finds it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
EICAR_MOST = 128  # bytes: by its own definition a longer file is another one
BLANKS = b" \t\r\n\x1a"
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"}


def is_eicar(content: bytes) -> bool:
    return content.rstrip(BLANKS) == EICAR


def shown(name: str) -> str:
    """Plain: no order reversed, nothing that moves a cursor, not endless."""
    plain = "".join(
        c if unicodedata.category(c) not in HIDDEN else "\N{REPLACEMENT CHARACTER}" for c in name
    )
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"


def of_zip(entry: Entry, names: set[str]) -> set[str]:
    marks = _of_name(entry.name, names)
    if entry.is_encrypted:
        marks.add("encrypted")
    if entry.kind == LINK:
        marks.add("link")
    elif entry.kind not in (0, REGULAR, FOLDER):
        marks.add("device")
    return marks


def of_tar(member: tarfile.TarInfo, names: set[str]) -> set[str]:
    marks = _of_name(member.name, names)
    if member.issym() or member.islnk():
        marks.add("link")
    elif not (member.isreg() or member.isdir()):
        marks.add("device")
    return marks


def _of_name(name: str, names: set[str]) -> set[str]:
    marks = set()
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0][1:2] == ":" or "\0" in name:
        marks.add("outside")
    if name in names:
        marks.add("twice")
    if shown(name).count("\N{REPLACEMENT CHARACTER}") > name.count("\N{REPLACEMENT CHARACTER}"):
        marks.add("hidden")
    return marks
