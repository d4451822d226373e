"""The name of a file as people may see it: no path, nothing hidden, nothing that misleads. Pure."""

import re
import unicodedata

LONGEST = 255  # bytes, as most file systems allow
NAMELESS = "file"
PATH = re.compile(r"[/\\]+")
FORBIDDEN = re.compile(r'[<>:"|?*]')  # what Windows refuses in a name
# Devices to Windows, whatever their ending.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")]
)
# Cc control, Cf format (bidi overrides, zero width), Cs lone halves, Zl and Zp line breaks.
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"}

# Endings that a machine starts when they are opened, and those that a browser does.
PROGRAMS = frozenset(
    "app bat chm cmd com cpl desktop dll dmg exe gadget hta inf iso jar js jse lnk msc msi msp pif "
    "ps1 psm1 reg scf scr sh url vb vbe vbs vhd ws wsc wsf wsh xll".split()
)
ACTIVE = frozenset("htm html mht mhtml shtml svg svgz xht xhtml xml xsl".split())
MACROS = frozenset("docm dotm ppam potm ppsm pptm sldm xlam xlsm xltm".split())
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def marks(name: str) -> list[str]:
    """What to beware of by the name alone, as its sender wrote it (story 13)."""
    endings = cleaned(name).lower().split(".")[1:]
    last = endings[-1] if endings else ""
    found = {
        "program": last in PROGRAMS,
        "double": last in PROGRAMS and len(endings) > 1,
        "active": last in ACTIVE,
        "macro": last in MACROS,
        "hidden": bool(BIDI.search(name)),
    }
    return [mark for mark, holds in found.items() if holds]


def cleaned(name: str) -> str:
    """A name that is safe to show, to send in a header and to save on any machine."""
    last = PATH.split(name.strip().rstrip("/\\"))[-1]
    visible = "".join(c for c in unicodedata.normalize("NFC", last) if _is_visible(c))
    plain = FORBIDDEN.sub("_", visible).strip().lstrip(". ").rstrip(". ")
    if plain.partition(".")[0].rstrip().lower() in RESERVED:
        plain = f"_{plain}"
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
