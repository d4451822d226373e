"""The name of a file as people may see it: no path, nothing hidden, nothing that misleads. Pure."""

import re
import unicodedata

LONGEST = 255  # bytes, as most file systems allow
NAMELESS = "file"
PATH = re.compile(r"[/\\]+")
FORBIDDEN = re.compile(r'[<>:"|?*]')  # what Windows refuses in a name
# Cc control, Cf format (bidi overrides, zero width), Cs lone halves, Zl and Zp line breaks.
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"}


def cleaned(name: str) -> str:
    """A name that is safe to show, to send in a header and to save on any machine."""
    last = PATH.split(name.strip().rstrip("/\\"))[-1]
    visible = "".join(c for c in unicodedata.normalize("NFC", last) if _is_visible(c))
    plain = FORBIDDEN.sub("_", visible).strip().lstrip(".").rstrip(". ")
    return _shortened(plain) or NAMELESS


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in HIDDEN


def _shortened(name: str) -> str:
    """At most 255 bytes, cutting the stem and keeping the ending."""
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 16:
        stem, dot, ending = name, "", ""
    room = LONGEST - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip() + dot + ending
