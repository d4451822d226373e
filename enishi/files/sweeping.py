"""The sweep: bytes without a row and half-written files go after a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

from .models import StoredFile
from .spool import TEMPORARY

KEPT_FOR = 24 * 60 * 60  # seconds, longer than any transaction
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
    temporary = [path for path in (root / TEMPORARY).glob("*") if _written_at(path) < limit]
    orphans = _without_row([path for path in _kept(root) if _written_at(path) < limit])
    for path in (*temporary, *orphans):
        path.unlink(missing_ok=True)
    return Swept(len(orphans), len(temporary))


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
    for folder in root.glob("??"):
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
