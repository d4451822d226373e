"""Bringing the database up: start the embedded one, migrate as owner, give the app its rights."""

import sys
import time
from collections.abc import Callable
from typing import Any

from .environment import UsageError
from .output import say

MIGRATING = 0x656E6973  # any fixed number: the advisory lock two migrations at once would fight for
LOCK_WAIT = "2s"  # behind a waiting ALTER TABLE every page waits too (O1)
PATIENCE = 60.0  # seconds of trying again, with pauses in which the pages go on
PAUSE = 1.0
HALVES = """
    SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE NOT indisvalid AND relnamespace = 'public'::regnamespace"""
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def start() -> None:
    """Start the embedded database, unless DATABASE_URL names another one."""
    from django.conf import settings

    from enishi.kit import postgres

    if settings.EMBEDDED_DATABASE is not None:
        postgres.ensure(settings.EMBEDDED_DATABASE)


def stop() -> None:
    from django.conf import settings
    from django.db import connections

    from enishi.kit import postgres

    connections.close_all()
    if settings.EMBEDDED_DATABASE is not None:
        postgres.stop(settings.EMBEDDED_DATABASE)


def check_durable() -> None:
    """Refuse to take money where a power cut could forget that it was taken (D1)."""
    from django.db import connection

    with connection.cursor() as cursor:
        for name in DURABLE:
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone() == ("off",):
                raise UsageError(f"A live market needs {name} = on in its PostgreSQL.")


def migrate(*, verbosity: int = 1, then: Callable[[], None] | None = None) -> None:
    """Bring tables, rights and the one market row up to date. Safe to repeat and to race."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from enishi.kit import clock, roles

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
        _clear_halves(cursor)
    try:
        with owner.execute_wrapper(_unhurried):
            _patiently(lambda: _apply(verbosity))
        shared = {"database": "owner", "verbosity": verbosity, "stdout": sys.stderr}
        call_command("createcachetable", **shared)
        roles.grant(owner)
    finally:
        with owner.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
    clock.open_market(settings.MODE)
    if then is not None:
        then()


def _clear_halves(cursor: Any) -> None:
    """An index whose building was cut off stays as half of one, and its name is taken. Only we
    build any now, since we hold the lock on migrating."""
    cursor.execute(HALVES)
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP INDEX CONCURRENTLY {name}")


def _unhurried(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """What is built beside the work of others holds up nobody, so it waits as long as it must."""
    if "CONCURRENTLY" not in str(sql):
        return execute(sql, params, many, context)
    cursor = context["cursor"].cursor
    cursor.execute("SET lock_timeout = 0")
    try:
        return execute(sql, params, many, context)
    finally:
        cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")


def _apply(verbosity: int) -> None:
    from django.core.management import call_command

    call_command(
        "migrate", interactive=False, database="owner", verbosity=verbosity, stdout=sys.stderr
    )


def _patiently(attempt: Callable[[], None]) -> None:
    """A lock that does not come in time is let go, so that whoever queued behind it gets on; each
    migration is a transaction, so the next attempt begins where this one was refused."""
    from django.db import OperationalError
    from psycopg.errors import LockNotAvailable

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or time.monotonic() > deadline:
                raise
        say("A table is in use: its change is tried again in a moment.")
        time.sleep(PAUSE)
