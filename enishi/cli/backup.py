"""`enishi backup`: the whole market in one file, while it runs."""

import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from . import archive, dumping, folder, market
from .environment import UsageError
from .output import say

NOTE = "backed_up_at"


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    with_secrets: Annotated[
        bool, typer.Option("--with-secrets", help="Put the secret key in: keep the file as safe.")
    ] = False,
) -> None:
    """Write database and files of this market into one archive. The market keeps running."""
    file = file.absolute()
    if file.exists():
        raise UsageError(f"{file} is there already: a backup never overwrites one.")
    if not file.parent.is_dir():
        raise UsageError(f"There is no folder {file.parent}.")
    market.enter()
    started = time.monotonic()
    try:
        rows, kept, missing = _write(file, with_secrets=with_secrets)
    except dumping.Failed as fault:
        say(f"No backup was made. {fault}")
        raise typer.Exit(1) from fault
    except OSError as fault:
        say(f"No backup was made: {fault.strerror}.")
        raise typer.Exit(1) from fault
    _note()
    seconds = time.monotonic() - started
    size = file.stat().st_size / 2**20
    say(f"{rows:,} rows and {kept:,} files in {size:,.1f} MB, in {seconds:.1f} s: {file}")
    if with_secrets:
        say("It holds the secret key: whoever has it can sign in as anyone. Keep it apart.")
    else:
        say("Without the secret key: in a copy with another one, everybody signs in again.")
    for place in missing:
        say(f"A file of the database is not on the disk: {place}")
    if missing:
        raise typer.Exit(1)


def last() -> datetime | None:
    """When this market was last backed up by us; other tools leave no trace here."""
    try:
        return datetime.fromisoformat((folder.data() / NOTE).read_text())
    except (OSError, ValueError):
        return None


def _note() -> None:
    at = datetime.now(UTC)  # noqa: TID251  # real time: a backup is about the house
    (folder.data() / NOTE).write_text(at.isoformat(timespec="seconds"))


def _write(file: Path, *, with_secrets: bool) -> tuple[int, int, list[str]]:
    from django.conf import settings

    there = settings.DATABASES["owner"]
    with (
        tempfile.TemporaryDirectory(prefix=".enishi-backup-", dir=file.parent) as name,
        dumping.snapshot(there) as (snapshot, seen),
    ):
        work = Path(name)
        with archive.written(file, about(seen)) as writer:
            dumping.dump(there, work / archive.DUMP, snapshot=snapshot)
            writer.add_file(archive.DUMP, work / archive.DUMP)
            # After the snapshot: its rows have their bytes, since bytes always come first.
            missing = _add_files(writer, Path(settings.MEDIA_ROOT), seen)
            _add_sandbox(writer, work)
            if with_secrets:
                writer.add_bytes(archive.SECRET, settings.SECRET_KEY.encode())
    return sum(seen.tables.values()), len(seen.files) - len(missing), missing


def about(seen: dumping.Seen) -> dict[str, object]:
    made_at = datetime.now(UTC)  # noqa: TID251  # real time: a backup is about the house
    return {
        "made_at": made_at.isoformat(timespec="seconds"),
        "mode": seen.mode,
        "postgres": seen.postgres,
        "migrations": seen.migrations,
        "tables": seen.tables,
        "files": seen.files,
    }


def _add_files(writer: archive.Writer, media: Path, seen: dumping.Seen) -> list[str]:
    """The places that are missing, or hold other bytes than their row says."""
    missing = []
    for place, (_, sha256) in sorted(seen.files.items()):
        try:
            found = writer.add_file(archive.MEDIA + place, media / place)
        except FileNotFoundError:
            found = ""
        if found != sha256:
            missing.append(place)
    return missing


def _add_sandbox(writer: archive.Writer, work: Path) -> None:
    """A demo's provider knows its payments; copied as SQLite copies a file in use. Its keys are
    made anew."""
    source = folder.data() / "sandbox" / "sandbox.sqlite3"
    if not source.exists():
        return
    with sqlite3.connect(source) as live, sqlite3.connect(work / source.name) as copy:
        live.backup(copy)
    live.close()
    copy.close()
    writer.add_file(archive.SANDBOX + source.name, work / source.name)
