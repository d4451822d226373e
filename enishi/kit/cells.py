"""Comma-separated lines that no spreadsheet takes for anything but text and figures (I9). Pure."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

Cell = str | int | None
# A cell that begins so would be reckoned, or tears its line apart, in one program or another.
ACTIVE = tuple("=+-@\t\r\n")


def line(cells: Iterable[Cell]) -> str:
    """One line with its end, quoted where it must be."""
    written = io.StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def text(rows: Iterable[Sequence[Cell]]) -> str:
    return "".join(map(line, rows))


def harmless(cell: Cell) -> Cell:
    """Figures of ours stay figures; words of people never become a formula, full width included.
    Programs skip the spaces before a sign, and so do we."""
    if not isinstance(cell, str):
        return cell
    begins = unicodedata.normalize("NFKC", cell[:1] + cell.lstrip(" \u3000")[:1])
    return f"'{cell}" if any(sign in ACTIVE for sign in begins) else cell
