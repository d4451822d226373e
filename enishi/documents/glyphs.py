"""Which characters the vendored font can draw, and what stands for those it cannot."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONT = Path(__file__).resolve().parent / "fonts" / "NotoSansCJKjp-Regular.otf"
GETA = "〓"  # the printers' mark for a missing type
FULL_UNICODE = 12  # the cmap format that reaches beyond the basic plane

# Characters that reorder or hide text, or choose a variant the font does not have.
UNSEEN = dict.fromkeys(
    [
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        0x061C,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        0xFEFF,
        *range(0xE0000, 0xE01F0),
    ]
)


def drawable(text: str) -> str:
    """The text as the font can draw it: nothing hidden, a geta for what has no type."""
    visible = unicodedata.normalize("NFC", text).translate(UNSEEN)
    known = covered()
    return "".join(c if c in "\n\t" or ord(c) in known else GETA for c in visible)


@cache
def covered() -> frozenset[int]:
    """The characters of the font, read from its cmap table."""
    font = FONT.read_bytes()
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for record in range(count):
        (offset,) = struct.unpack_from(">I", font, cmap + 4 + 8 * record + 4)
        if struct.unpack_from(">H", font, cmap + offset) == (FULL_UNICODE,):
            return _groups(font, cmap + offset)
    raise ValueError("the vendored font has no full Unicode table")


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for record in range(12, 12 + 16 * count, 16):
        if font[record : record + 4] == tag:
            return int(struct.unpack_from(">I", font, record + 8)[0])
    raise ValueError("the vendored font lacks a table")


def _groups(font: bytes, at: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    spans = (struct.unpack_from(">II", font, at + 16 + 12 * group) for group in range(count))
    return frozenset(code for first, last in spans for code in range(first, last + 1))
