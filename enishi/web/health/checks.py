"""The parts of a running market, and what each must show. Spans are real time: a demo's clock may
run ahead, but its worker lives in our time."""

import shutil
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from .finding import Finding

# Each is shorter than half a minute, so that what breaks is seen within it (O5).
SILENCE = timedelta(seconds=25)  # a worker says every ten seconds that it lives
OLDEST_JOB = timedelta(seconds=25)
OLDEST_SWEEP = timedelta(seconds=28)  # the clocks are swept every twenty
MOST_SKEW = timedelta(seconds=5)
OLDEST_POSTGRES = 15
CONNECTING = 2  # seconds
Cursor = psycopg.Cursor[Any]
UNAUTHORIZED = 401


def all_of_the_database() -> list[Finding]:
    """Everything that only the database knows, over a connection of our own."""
    try:
        with psycopg.connect(
            **_address() | {"connect_timeout": CONNECTING},
            autocommit=True,
            application_name="enishi-health",
        ) as connection:
            connection.execute("set statement_timeout = '2s'")
            with connection.cursor() as cursor:
                first = database(cursor)
                rest = (migrations, worker, queue, sweep, clocks, stream, quarantine)
                return [first, *(_looked(look, cursor) for look in rest)]
    except psycopg.Error as error:
        return [Finding("database", False, str(error).strip(), "Check DATABASE_URL.")]


def _looked(look: Callable[[Cursor], Finding], cursor: Cursor) -> Finding:
    try:
        return look(cursor)
    except psycopg.Error as error:
        return Finding(look.__name__, False, str(error).strip(), "enishi migrate")


def database(cursor: Cursor) -> Finding:
    version = int(_one(cursor, "show server_version_num")) // 10_000
    if version < OLDEST_POSTGRES:
        return Finding("database", False, f"PostgreSQL {version}", "Use 15 or newer.")
    return Finding("database", True, f"PostgreSQL {version}")


def migrations(cursor: Cursor) -> Finding:
    cursor.execute("select app, name from django_migrations")
    waiting = _known_migrations() - set(cursor.fetchall())
    if waiting:
        return Finding("migrations", False, f"{len(waiting)} migrations wait", "enishi migrate")
    return Finding("migrations", True, "up to date")


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Those that came with this program; they do not change while it runs."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.disk_migrations)


def worker(cursor: Cursor) -> Finding:
    silent = _one(cursor, "select now() - max(last_heartbeat) from procrastinate_workers")
    if silent is None or silent > SILENCE:
        return Finding("worker", False, "no worker is alive", "Start it: enishi run")
    return Finding("worker", True, "alive")


OLDEST = """
    select now() - min(coalesce(scheduled_at, at)) from procrastinate_jobs
      join procrastinate_events on job_id = procrastinate_jobs.id and type = 'deferred'
     where status = 'todo' and coalesce(scheduled_at, at) < now()"""


def queue(cursor: Cursor) -> Finding:
    waits = _one(cursor, OLDEST)
    if waits and waits > OLDEST_JOB:
        return Finding("queue", False, f"a job waits since {waits}", "Look at the worker's log.")
    return Finding("queue", True, "no job waits for long")


def sweep(cursor: Cursor) -> Finding:
    ago = _one(cursor, "select now() - max(at) from kit_heartbeat where name = 'clocks'")
    if ago is None or ago > OLDEST_SWEEP:
        says = f"the clocks were last swept {ago} ago" if ago else "the clocks were never swept"
        return Finding("sweep", False, says, "Look at the worker's log.")
    return Finding("sweep", True, "the clocks are swept")


def clocks(cursor: Cursor) -> Finding:
    before = datetime.now(UTC)  # noqa: TID251  # our own clock is what is being checked
    started = time.monotonic()
    there: datetime = _one(cursor, "select clock_timestamp()")
    middle = before + timedelta(seconds=(time.monotonic() - started) / 2)
    skew = abs(there - middle)
    if skew > MOST_SKEW:
        says = f"this machine and the database differ by {skew}"
        return Finding("clocks", False, says, "Let both follow a time server.")
    return Finding("clocks", True, "this machine and the database agree")


LISTENS = """
    select count(*) from pg_stat_activity
     where application_name = 'enishi-stream' and datname = current_database()"""


def stream(cursor: Cursor) -> Finding:
    """It answers, and it hears the journal."""
    if settings.STREAM_URL and not _stream_answers():
        return Finding("stream", False, "does not answer", "Look at the stream's log.")
    if not _one(cursor, LISTENS):
        return Finding("stream", False, "nobody hears the journal", "Start it: enishi run")
    return Finding("stream", True, "answers")


def _stream_answers() -> bool:
    """Asked on this machine, without a pass: a living stream says 401. Only `enishi run` tells
    its parts where it is."""
    address = urlsplit(settings.STREAM_URL)
    is_here = address.hostname in ("localhost", "127.0.0.1", "::1")
    port = address.port if is_here else settings.PORT + 1
    host = "127.0.0.1" if settings.HOST in ("0.0.0.0", "::") else settings.HOST
    connection = HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/stream")
        return connection.getresponse().status == UNAUTHORIZED
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def quarantine(cursor: Cursor) -> Finding:
    since = _one(cursor, "select max(quarantined_at) from kit_market")
    if since:
        says = f"a copy, restored {since:%Y-%m-%d %H:%M} UTC: nothing leaves it"
        return Finding("quarantine", False, says, "enishi release", is_needed=False)
    return Finding("quarantine", True, "none", is_needed=False)


def disk() -> Finding:
    free = shutil.disk_usage(_standing(settings.DATA_DIR)).free
    says = f"{free / 2**30:.1f} GiB free in {settings.DATA_DIR}"
    is_well = free >= settings.LEAST_DISK
    return Finding("disk", is_well, says, "" if is_well else "Make room.")


def _standing(folder: Path) -> Path:
    return folder if folder.exists() else _standing(folder.parent)


PROVIDER_HOLDS = 30.0  # seconds: it is someone else's door we knock at
_provider: tuple[float, bool] = (float("-inf"), False)


def provider() -> Finding:
    """Pages work without the provider, so its absence is a note."""
    global _provider
    if time.monotonic() - _provider[0] > PROVIDER_HOLDS:
        _provider = (time.monotonic(), _provider_answers())
    if _provider[1]:
        return Finding("provider", True, "can be reached", is_needed=False)
    mend = "Look at its status page; payments wait meanwhile."
    return Finding("provider", False, "cannot be reached", mend, is_needed=False)


def _provider_answers() -> bool:
    address = urlsplit(str(settings.PAYMENT_PROVIDER["url"]))
    port = address.port or (443 if address.scheme == "https" else 80)
    try:
        socket.create_connection((address.hostname or "", port), timeout=1).close()
    except OSError:
        return False
    return True


def _address() -> dict[str, Any]:
    there = settings.DATABASES["default"]
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    named |= {"port": "PORT"}
    found = {ours: there[theirs] for ours, theirs in named.items() if there[theirs]}
    return found | there.get("OPTIONS", {})


def _one(cursor: Cursor, sql: str) -> Any:
    cursor.execute(sql)  # type: ignore[arg-type]  # each is a literal of this file
    row = cursor.fetchone()
    return row[0] if row else None
