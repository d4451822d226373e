"""The database of a backup: one snapshot of it, dumped and counted while the market runs, and its
way back into a database that is not the market's yet."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from enishi.kit import postgres

Settings = dict[str, Any]


class Failed(Exception):
    """A program of PostgreSQL did not do its work; the sentence has its last words."""


# What was caught lies apart from the rest (files/quarantine.py).
KEPT = """
    select case when status = 'bad' then 'quarantine/' || id else stored_as end, size, sha256
      from files_storedfile left join files_scan on file_id = id"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood in the snapshot."""

    mode: str
    postgres: int
    migrations: list[tuple[str, str]]
    tables: dict[str, int]
    files: dict[str, tuple[int, str]]  # where below the media folder: bytes, SHA-256


def connect(there: Settings) -> "psycopg.Connection[Any]":
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    named |= {"port": "PORT"}
    found = {ours: there[theirs] for ours, theirs in named.items() if there[theirs]}
    return psycopg.connect(**found | there.get("OPTIONS", {}), application_name="enishi-backup")


@contextmanager
def snapshot(there: Settings) -> "Iterator[tuple[str, Seen]]":
    """One moment of the database, kept for as long as this lasts; writers do not wait for it."""
    with connect(there) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        name = str(_one(connection, "select pg_export_snapshot()"))
        yield name, look(connection)


def look(connection: "psycopg.Connection[Any]") -> Seen:
    listed = connection.execute(
        "select tablename from pg_tables where schemaname = 'public' order by tablename"
    )
    tables = [name for (name,) in listed.fetchall()]
    count = sql.SQL("select count(*) from {}")
    counts = {
        name: connection.execute(count.format(sql.Identifier(name))).fetchall()[0][0]
        for name in tables
    }
    kept = connection.execute(KEPT).fetchall()
    migrations = connection.execute("select app, name from django_migrations order by id")
    return Seen(
        mode=str(_one(connection, "select mode from kit_market where id = 1")),
        postgres=int(_one(connection, "show server_version_num")) // 10_000,
        migrations=migrations.fetchall(),
        tables=counts,
        files={place: (size, sha256) for place, size, sha256 in kept},
    )


def dump(there: Settings, into: Path, *, snapshot: str) -> None:
    flags = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges"]
    _run("pg_dump", there, *flags, f"--snapshot={snapshot}", f"--file={into}")


def is_readable(dumped: Path) -> bool:
    try:
        _run("pg_restore", None, "--list", str(dumped))
    except Failed:
        return False
    return True


def load(dumped: Path, there: Settings, *, at_once: bool) -> None:
    """`at_once`: all or nothing, for a database that cannot be thrown away after a fault."""
    speed = "--single-transaction" if at_once else f"--jobs={os.cpu_count() or 1}"
    flags = ["--exit-on-error", "--no-owner", "--no-privileges", speed]
    _run("pg_restore", there, *flags, f"--dbname={there['NAME']}", str(dumped))


def _one(connection: "psycopg.Connection[Any]", asked: str) -> Any:
    row = connection.execute(asked).fetchone()
    return row[0] if row else None


def _run(program: str, there: Settings | None, *arguments: str) -> None:
    """The password goes by the environment, where other people's process lists do not show it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    named |= {"PGDATABASE": "NAME"}
    for ours, theirs in named.items() if there else ():
        if value := (there or {})[theirs]:
            kept[ours] = str(value)
    for option, value in ((there or {}).get("OPTIONS") or {}).items():
        if option.startswith("ssl"):
            kept[f"PG{option.upper()}"] = str(value)
    done = subprocess.run(
        [str(postgres.bindir() / program), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        env=kept,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{program}: {done.stderr.strip()[-600:]}")
