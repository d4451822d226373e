"""A file of ratings, `rater,rated,score,time` a line, as other markets export it (SA7). Pure."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from math import isfinite

from .scoring import HIGHEST, Rating

COLUMNS = 4
NAMED = 20  # so many wrong lines are named at once


class Unreadable(Exception):
    """Lines that are not ratings; `faults` are sentences that name them."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def ratings(lines: Iterable[str]) -> list[Rating]:
    """All ratings of a file. Raises Unreadable when a line is not one, and then reads none."""
    found: list[Rating] = []
    faults: list[str] = []
    rows = csv.reader(lines)
    while (row := _next(rows, faults)) is not None:
        if not any(cell.strip() for cell in row):
            continue
        if rows.line_num == 1 and _is_header(row):
            continue
        try:
            found.append(_rating([cell.strip() for cell in row]))
        except ValueError as fault:
            faults.append(f"Line {rows.line_num}: {fault}")
        if len(faults) == NAMED:
            faults.append("There may be more; these are the first.")
            break
    if faults:
        raise Unreadable(faults)
    return found


def _next(rows: "csv._reader", faults: list[str]) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as fault:
        faults.append(f"Line {rows.line_num}: this is not CSV ({fault}).")
        return None


def _is_header(row: list[str]) -> bool:
    return len(row) == COLUMNS and not any(_is_number(cell) for cell in row[2:])


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _rating(row: list[str]) -> Rating:
    if len(row) != COLUMNS:
        raise ValueError(
            f"it has {len(row)} columns, and must have {COLUMNS}: rater,rated,score,time."
        )
    rater, rated, score, time = row
    if not rater or not rated:
        raise ValueError("the rater or the rated is missing.")
    if not _is_number(score) or not abs(float(score)) <= HIGHEST:
        raise ValueError(f"the score must be a number from -10 to 10, not “{score}”.")
    return Rating(rater, rated, float(score), _seconds(time))


def _seconds(text: str) -> float:
    """Seconds since 1970, or a day or moment as ISO 8601 writes it; without a zone it is UTC."""
    if _is_number(text) and isfinite(float(text)):
        return float(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"the time must be seconds since 1970 or a date such as 2026-04-01, not “{text}”."
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
