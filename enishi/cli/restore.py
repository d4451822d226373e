"""`enishi restore`: a backup becomes this market. Everything is unpacked, loaded and checked beside
the market first; what can be wrong with a backup is found before anything is changed."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from . import archive, database, dumping, folder, market
from .environment import UsageError
from .output import say

BESIDE, FORMER = "enishi_restored", "enishi_former"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup whose every byte was compared with its manifest."""

    folder: Path
    about: dict[str, Any]


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `enishi backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Throw away the people and deals that are here now.")
    ] = False,
) -> None:
    """Bring a backup back, into an empty market. The copy is held until: enishi release"""
    started = time.monotonic()
    if not file.is_file():
        raise UsageError(f"There is no file {file}.")
    market.load()
    try:
        about = _suitable(file)
        with _unpacked(file, about) as unpacked, folder.held():
            database.start()
            _refuse_full(replace=replace)
            faults = _bring_back(unpacked)
    except (archive.Unusable, dumping.Failed) as fault:
        say(f"{fault} Nothing was changed.")
        raise typer.Exit(1) from fault
    rows, files = sum(about["tables"].values()), len(about["files"])
    say(f"{rows:,} rows and {files:,} files are back, in {time.monotonic() - started:.1f} s.")
    say("This copy sends no mail, moves no money and calls nobody until: enishi release")
    for one in faults:
        say(f"{one}, as it was when the backup was made.")
    if faults:
        raise typer.Exit(1)
    say("The ledger is sound. The chain of papers is whole.")


def _suitable(file: Path) -> dict[str, Any]:
    """What the archive says of itself, if this program can read it as this kind of market."""
    from django.conf import settings
    from django.db.migrations.loader import MigrationLoader

    about = archive.about(file)
    if about["mode"] != settings.MODE:
        raise UsageError(f"This is a backup of a {about['mode']} market: set ENISHI_MODE to it.")
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    strange = [f"{app}.{name}" for app, name in about["migrations"] if (app, name) not in known]
    if strange:
        raise archive.Unusable(f"A newer Enishi made this backup ({strange[0]}): install that one.")
    return about


@contextmanager
def _unpacked(file: Path, about: dict[str, Any]) -> Iterator[Unpacked]:
    """Beside the market, on its own disk, so that files move there without being copied again."""
    with tempfile.TemporaryDirectory(prefix="restoring-", dir=folder.data()) as name:
        members = archive.unpack(file, Path(name))
        for place, (size, sha256) in about["files"].items():
            if members.get(archive.MEDIA + place) != [size, sha256]:
                say(f"The backup was made without this file's true bytes: {place}")
        if not dumping.is_readable(Path(name) / archive.DUMP):
            raise archive.Unusable("The database in this backup cannot be read.")
        yield Unpacked(Path(name), about)


def _refuse_full(*, replace: bool) -> None:
    from django.conf import settings

    with dumping.connect(settings.DATABASES["owner"]) as connection:
        asked = "select to_regclass('public.accounts_account') is not null"
        is_made = connection.execute(asked).fetchall()[0][0]
        people = is_made and connection.execute("select exists (table accounts_account)")
        is_full = bool(people and people.fetchall()[0][0])
    if settings.EMBEDDED_DATABASE is None and is_made:
        raise UsageError("Your database is not empty: make a new one, or drop what is in it.")
    if is_full and not replace:
        raise UsageError(
            "This market has people in it. Use an empty ENISHI_DATA; or, if everything that is "
            "here now may be lost for good, say --replace."
        )


def _bring_back(unpacked: Unpacked) -> list[str]:
    from django.conf import settings

    from enishi.kit import postgres

    data = settings.EMBEDDED_DATABASE
    if data is None:
        return _fill(unpacked, at_once=True)
    postgres.drop_database(BESIDE, data=data)
    postgres.create_database(BESIDE, data=data)
    try:
        with _pointed_at(BESIDE):
            faults = _fill(unpacked, at_once=False)
    except BaseException:
        postgres.drop_database(BESIDE, data=data)
        raise
    _swap(data)
    from enishi.files import sweeping

    sweeping.sweep(older_than=-1)  # files of the market that was replaced have no rows any more
    return faults


def _fill(unpacked: Unpacked, *, at_once: bool) -> list[str]:
    """Load, compare, hold, bring up to date, verify; the files last, since orphans do no harm."""
    from django.db import connections

    from enishi.documents import queries as papers
    from enishi.escrow import queries as ledger

    there = connections["owner"].settings_dict
    dumping.load(unpacked.folder / archive.DUMP, there, at_once=at_once)
    _compare(unpacked, there)
    database.migrate(verbosity=0, then=_hold)
    found = ledger.verify()
    faults = [f"The ledger has {len(found)} faults"] if found else []
    if broken := papers.broken_link():
        faults.append(f"The chain of papers is broken at {broken.number}")
    _keep_files(unpacked)
    return faults


def _hold() -> None:
    from enishi.kit import quarantine

    quarantine.begin()


def _compare(unpacked: Unpacked, there: dict[str, Any]) -> None:
    """Row for row and file for file what the snapshot held."""
    with dumping.connect(there) as connection:
        found = dumping.look(connection)
    wanted = unpacked.about
    for table, count in wanted["tables"].items():
        if found.tables.get(table) != count:
            raise archive.Unusable(f"{table} came back with {found.tables.get(table)} rows.")
    if {place: list(file) for place, file in found.files.items()} != wanted["files"]:
        raise archive.Unusable("The files of the database are not those of the backup.")


def _keep_files(unpacked: Unpacked) -> None:
    from django.conf import settings

    _move(unpacked.folder / archive.MEDIA, Path(settings.MEDIA_ROOT))
    _move(unpacked.folder / archive.SANDBOX, folder.data() / "sandbox")
    secret = unpacked.folder / archive.SECRET
    if not secret.exists():
        return
    if settings.LIVE:
        if secret.read_text() != settings.SECRET_KEY:
            say("ENISHI_SECRET_KEY is another than in the backup: everybody signs in again.")
        return
    secret.replace(folder.data() / archive.SECRET)


def _move(source: Path, target: Path) -> None:
    """Every file to its place, replacing; all durable before the database says that they exist."""
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        place = target / path.relative_to(source)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in place.parent.glob(f"{place.name}-*"):
            old.unlink()  # SQLite's own log of the file that goes
        shutil.move(path, place)
        archive.flush(place.parent)


@contextmanager
def _pointed_at(name: str) -> Iterator[None]:
    """Both our roles speak to another database of the same server."""
    from django.db import connections

    both = [connections["owner"], connections["default"]]
    former = [one.settings_dict["NAME"] for one in both]
    try:
        for one in both:
            one.close()
            one.settings_dict["NAME"] = name
        yield
    finally:
        for one, before in zip(both, former, strict=True):
            one.close()
            one.settings_dict["NAME"] = before


def _swap(data: Path) -> None:
    """The copy becomes the market in one transaction, so a power cut leaves one or the other."""
    from enishi.kit import postgres

    postgres.drop_database(FORMER, data=data)
    postgres.exchange_databases(postgres.DATABASE, BESIDE, FORMER, data=data)
    postgres.drop_database(FORMER, data=data)
