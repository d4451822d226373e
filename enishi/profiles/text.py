"""What people write about themselves, in one spelling; and how much of it counts. Pure."""

import re
import unicodedata

# Marks, embeddings, overrides and isolates that turn the line around (I7), and blanks of no width.
TURNING = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
DRAWS_NOTHING = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"}


def line(text: str) -> str:
    """A title, a name or a place: NFC, on one line, with nothing in it that turns the line."""
    plain = TURNING.sub("", unicodedata.normalize("NFC", text))
    return " ".join("".join(c if unicodedata.category(c) != "Cc" else " " for c in plain).split())


def counted(text: str) -> int:
    """The characters of a text that count (RA2): code points after NFC that draw something. Blanks,
    line breaks, joiners, variation selectors and combining marks count for nothing."""
    plain = unicodedata.normalize("NFC", text)
    return sum(unicodedata.category(c) not in DRAWS_NOTHING for c in plain)
