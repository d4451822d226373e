"""A table as a file that spreadsheets open: to be saved, never shown."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from enishi.documents.programs import UTF8
from enishi.kit import cells
from enishi.kit.cells import Cell


def table(rows: Iterable[Sequence[Cell]], *, name: str, encoding: str = UTF8) -> HttpResponse:
    """Signs that the encoding does not have become a question mark."""
    content = cells.text(rows).encode(encoding, errors="replace")
    charset = "utf-8" if encoding == UTF8 else "shift_jis"
    response = HttpResponse(content, content_type=f"text/csv; charset={charset}")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
