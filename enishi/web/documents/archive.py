"""Many papers as one ZIP: each as PDF and as its record, and an index. Made while it is sent, so
that it needs no more room than one paper."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from enishi.documents.models import Document
from enishi.documents.render import pdf
from enishi.kit import cells
from enishi.kit.days import TOKYO, day_of

from . import finding

MOST = 200  # papers of one download
BOM = "\ufeff"  # without it spreadsheets take Japanese for another encoding


class _Sink:
    """What the archive writes into: it is handed on and forgotten."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zipped(
    papers: Iterable[Document], *, reader_id: int, language: str, at: datetime
) -> Iterator[bytes]:
    """The newest of the papers first, as far as one download goes; its index comes last."""
    return _zipped(papers, _heads(), reader_id=reader_id, language=language, at=at)


def _zipped(
    papers: Iterable[Document], heads: list[str], *, reader_id: int, language: str, at: datetime
) -> Iterator[bytes]:
    sink, rows = _Sink(), [heads]
    with ZipFile(sink, "w") as archive:  # type: ignore[call-overload]  # it only writes
        for paper in papers:
            _put(archive, f"pdf/{paper.number}.pdf", pdf(paper, language), paper.at, ZIP_STORED)
            _put(archive, f"records/{paper.number}.json", paper.body.encode(), paper.at)
            rows.append(_row(paper, reader_id))
            yield sink.taken()
        _put(archive, "index.csv", (BOM + cells.text(rows)).encode(), at)
    yield sink.taken()


def _put(
    archive: ZipFile, name: str, content: bytes, at: datetime, method: int = ZIP_DEFLATED
) -> None:
    entry = ZipInfo(name, at.astimezone(TOKYO).timetuple()[:6])
    entry.compress_type, entry.external_attr = method, 0o644 << 16
    archive.writestr(entry, content)


def _heads() -> list[str]:
    names = (_("Number"), _("Kind of paper"), _("Issued on"), _("Other side"), _("Title"))
    sums = (_("Amount (yen, tax included)"), _("Place in the chain"))
    return [*names, *sums, _("Fingerprint (SHA-256)"), _("Link of the chain")]


def _row(paper: Document, reader_id: int) -> list[Any]:
    line = finding.line(paper, reader_id)
    words = [paper.number, line.name, day_of(paper.at).isoformat(), line.others, line.title]
    return [*words, paper.amount, paper.position, paper.sha256, paper.chain]
