"""Files as pages show them: each with what is known about it, all of them in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from enishi.files import queries
from enishi.files.models import Scan

from . import words

SHEETS = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an archive's list."""

    name: str
    size: int
    marks: list[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What stands beside a file, as `components/file_state.html` draws it."""

    status: str
    state: words.State
    why: str = ""
    warnings: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    count: int = 0
    total: int = 0


def known(names: dict[UUID, str]) -> dict[UUID, Known]:
    """For each id, with the name its file is shown by. A file without a scan still waits."""
    if not names:
        return {}
    scans = queries.scans(names)
    return {key: _known(scans.get(key), name) for key, name in names.items()}


def hang_in(deliveries: Iterable[Any]) -> None:
    """Each file of these deliveries, as they were prefetched, gets its `known`."""
    files = [file for one in deliveries for file in one.files.all()]
    found = known({file.file_id: file.name for file in files})
    for file in files:
        file.known = found[file.file_id]


def _known(scan: Scan | None, name: str) -> Known:
    if scan is None:
        return Known("pending", words.STATES["pending"])
    report = scan.report
    return Known(
        status=scan.status,
        state=words.STATES[scan.status],
        why=str(words.REASONS.get(scan.reason, "")) or scan.found,
        warnings=_warnings(report, name),
        entries=[_entry(line) for line in report.get("entries", [])],
        count=report.get("count", 0),
        total=report.get("total", 0),
    )


def _warnings(report: dict[str, Any], name: str) -> list[str]:
    said = {*report.get("name", []), *report.get("marks", [])}
    if "double" in said:
        said.discard("program")
    if not name.lower().endswith(SHEETS):
        said.discard("formula")
    told = [str(sentence) for mark, sentence in words.MARKS.items() if mark in said]
    unread = report.get("unread", [])
    told += [str(sentence) for mark, sentence in words.UNREAD.items() if mark in unread]
    return list(dict.fromkeys(told))


def _entry(line: list[Any]) -> Entry:
    name, size, marks = line
    return Entry(name, size, [str(word) for mark, word in words.ENTRY.items() if mark in marks])
