"""The sweep: bytes without a row and half-written files go after a day."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from enishi.kit.failpoints import failpoint

from . import quarantine
from .models import StoredFile
from .receiving import INCOMING
from .spool import TEMPORARY

KEPT_FOR = 24 * 60 * 60  # seconds, longer than any transaction
# An upload that no byte was added to for so long is broken. Looked for every five minutes, so that
# its room is free again within ten.
BROKEN_AFTER = 4 * 60
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files went."""

    orphans: int
    temporary: int


def sweep(*, older_than: int = KEPT_FOR) -> Swept:
    """Ages are real time by the clock of the disk itself: the market's clock may run ahead,
    and an upload of this minute must not be taken for one of last week."""
    root = Path(settings.MEDIA_ROOT)
    if not root.is_dir():
        return Swept(0, 0)
    limit = _now_on(root) - older_than
    folders = (root / TEMPORARY, root / INCOMING)
    halves = [path for folder in folders for path in folder.glob("*")]
    temporary = [path for path in halves if _written_at(path) < limit]
    orphans = _without_row([path for path in _kept(root) if _written_at(path) < limit])
    for path in (*temporary, *orphans):
        path.unlink(missing_ok=True)
        failpoint("files.swept")
    return Swept(len(orphans), len(temporary))


def free_broken(*, older_than: int = BROKEN_AFTER) -> int:
    """Give back the room of uploads that came to a stop. Cut first: whoever still holds the file
    open holds nothing then. Bytes that are about to be kept lie beside them, and stay."""
    root = Path(settings.MEDIA_ROOT)
    if not root.is_dir():
        return 0
    limit = _now_on(root) - older_than
    broken = [path for path in (root / INCOMING).glob("*") if _written_at(path) < limit]
    for path in broken:
        with suppress(FileNotFoundError):
            os.truncate(path, 0)
            path.unlink()
    return len(broken)


def _now_on(root: Path) -> float:
    mark = root / TEMPORARY / ".now"
    mark.parent.mkdir(mode=0o700, exist_ok=True)
    mark.touch()
    return mark.stat().st_mtime


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another sweep was faster
        return float("inf")


def _kept(root: Path) -> Iterator[Path]:
    for folder in (*root.glob("??"), root / quarantine.FOLDER):
        if folder.is_dir():
            yield from folder.iterdir()


def _without_row(paths: list[Path]) -> list[Path]:
    """Of the files that carry an id of ours, those whose id no row has."""
    keys = {key: path for path in paths if (key := _key(path))}
    known: set[UUID] = set()
    asked = list(keys)
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        known.update(StoredFile.objects.filter(pk__in=some).values_list("pk", flat=True))
    return [path for key, path in keys.items() if key not in known]


def _key(path: Path) -> UUID | None:
    try:
        return UUID(path.name)
    except ValueError:
        return None
