"""The one file of a backup: what stands in it, in which order, and how one knows that it is whole.

A compressed tar. First `about.json`: what this is, so that a wrong one is refused early. Then the
database's dump, the files, perhaps the secret key. Last `manifest.json`, with size and SHA-256 of
everything before it: an archive without its end has none.
"""

import hashlib
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any

FORMAT = 1
ABOUT, MANIFEST, DUMP, SECRET = "about.json", "manifest.json", "database.dump", "secret_key"
MEDIA, SANDBOX = "media/", "sandbox/"
QUICK = 1  # of gzip's levels: the dump and most files are compressed already
CHUNK = 1024 * 1024


class Unusable(Exception):
    """This is no backup that can be restored; the sentence says why."""


@dataclass(slots=True)
class Writer:
    """Adds members and remembers what they were."""

    tar: tarfile.TarFile
    members: dict[str, list[Any]] = field(default_factory=dict)

    def add_bytes(self, name: str, content: bytes) -> None:
        self._add(name, len(content), BytesIO(content))

    def add_file(self, name: str, path: Path) -> str:
        """Its SHA-256. Raises FileNotFoundError if it is not there."""
        with path.open("rb") as file:
            return self._add(name, os.fstat(file.fileno()).st_size, file)

    def _add(self, name: str, size: int, source: IO[bytes]) -> str:
        counted = _Counted(source)
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        self.tar.addfile(told, counted)
        self.members[name] = [size, counted.digest.hexdigest()]
        return counted.digest.hexdigest()


class _Counted:
    """Bytes on their way through, hashed."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        some = self.source.read(size)
        self.digest.update(some)
        return some


@contextmanager
def written(path: Path, about: dict[str, Any]) -> Iterator[Writer]:
    """An archive at `path`, there as a whole or not at all."""
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half.open("xb") as file:
            half.chmod(0o600)
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=QUICK) as tar:
                writer = Writer(tar)
                writer.add_bytes(ABOUT, as_json(about | {"format": FORMAT}))
                yield writer
                writer.add_bytes(MANIFEST, as_json({"members": writer.members}))
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
        flush(path.parent)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def about(path: Path) -> dict[str, Any]:
    """What the archive says of itself, from its first bytes."""
    with _reading(path) as tar:
        first = tar.next()
        if first is None or first.name != ABOUT:
            raise Unusable("This is not a backup of Enishi.")
        found: dict[str, Any] = json.loads(_content(tar, first))
    if found.get("format") != FORMAT:
        raise Unusable(
            f"This backup has format {found.get('format')}; this version reads {FORMAT}."
        )
    return found


def unpack(path: Path, into: Path) -> dict[str, list[Any]]:
    """Write every member below `into`, compare each with the manifest, and return the manifest."""
    found: dict[str, list[Any]] = {}
    promised: dict[str, list[Any]] | None = None
    with _reading(path) as tar:
        for member in tar:
            if promised is not None or not _is_plain(member):
                raise Unusable(f"The backup holds what no backup of ours holds: {member.name!r}.")
            if member.name == MANIFEST:
                promised = json.loads(_content(tar, member))["members"]
            else:
                found[member.name] = _keep(tar, member, into / member.name)
    if promised is None:
        raise Unusable("The backup is cut off: its end is missing.")
    if differing := sorted(
        name for name in promised | found if promised.get(name) != found.get(name)
    ):
        raise Unusable(f"The backup is damaged: {differing[0]} is not what was written.")
    return promised


@contextmanager
def _reading(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(path, mode="r:gz") as tar:
            yield tar
    except (tarfile.ReadError, EOFError, zlib.error) as fault:
        whole = f"The backup is cut off or damaged ({fault})."
        raise Unusable(whole if path.stat().st_size else "The file is empty.") from fault
    except (OSError, ValueError, KeyError) as fault:
        raise Unusable(f"The backup cannot be read ({fault}).") from fault


def _is_plain(member: tarfile.TarInfo) -> bool:
    """Ordinary files below known places: nothing that could be written elsewhere."""
    steps = member.name.split("/")
    known = member.name in (ABOUT, MANIFEST, DUMP, SECRET) or f"{steps[0]}/" in (MEDIA, SANDBOX)
    return member.isfile() and known and not {"", ".", ".."} & set(steps)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    source = tar.extractfile(member)
    assert source is not None  # only ordinary files come here
    return source.read()


def _keep(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> list[Any]:
    source = tar.extractfile(member)
    assert source is not None
    counted, size = _Counted(source), 0
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("xb") as file:
        target.chmod(0o600)
        while some := counted.read(CHUNK):
            size += len(some)
            file.write(some)
        file.flush()
        os.fsync(file.fileno())
    return [size, counted.digest.hexdigest()]


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
