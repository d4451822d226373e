"""`enishi doctor`: looks at all that a running market needs, and says how to mend what is wrong."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Annotated, Any

import typer

from . import market, output

LEAST_DISK = 2 * 2**30  # bytes: room for uploads and for the database to write its log
SILENCE = timedelta(minutes=2)  # a worker says every few seconds that it lives
OLDEST_POSTGRES = 15
OLDEST_JOB = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Finding:
    subject: str
    is_well: bool
    says: str
    mend: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
) -> None:
    """Look at database, roles, worker, clock, mail and disk: what is wrong and how to mend it."""
    market.enter()
    findings = list(examine())
    if as_json:
        output.give_json([asdict(finding) for finding in findings])
    else:
        output.give_table(
            ["", "Subject", "Found", "Mend"],
            [["✓" if one.is_well else "✗", one.subject, one.says, one.mend] for one in findings],
        )
    if not all(finding.is_well for finding in findings):
        raise typer.Exit(1)


def examine() -> Iterator[Finding]:
    """Every check in turn. Without a database, or its tables, the later ones make no sense."""
    yield (database := _database())
    yield _disk()
    yield _mail()
    if database.is_well:
        yield from (look() for look in LOOKS)


def _database() -> Finding:
    from django.db import Error, connection, connections
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connections["default"])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        return Finding("database", False, str(error).strip(), "Check DATABASE_URL.")
    if waiting:
        return Finding("database", False, f"{len(waiting)} migrations wait", "enishi migrate")
    version = int(_one("SHOW server_version_num")) // 10_000
    if version < OLDEST_POSTGRES:
        return Finding("database", False, f"PostgreSQL {version}", "Use 15 or newer.")
    return Finding("database", True, f"PostgreSQL {version}")


def _disk() -> Finding:
    from django.conf import settings

    free = shutil.disk_usage(settings.DATA_DIR).free
    says = f"{free / 2**30:.1f} GiB free in {settings.DATA_DIR}"
    return Finding("disk", free >= LEAST_DISK, says, "" if free >= LEAST_DISK else "Make room.")


def _mail() -> Finding:
    from django.conf import settings

    if settings.MAIL_URL:
        return Finding("mail", True, "sent by SMTP")
    if settings.LIVE:
        return Finding("mail", False, "nobody gets any mail", "Set ENISHI_MAIL_URL.")
    return Finding("mail", True, "kept in the demo's mail page, sent to nobody")


def _roles() -> Finding:
    from enishi.kit import roles

    names = {model._meta.db_table for model in roles.append_only_models()}
    open_tables = [name for name in sorted(names) if _one(CAN_REWRITE, [name] * 3)]
    if _one("SELECT has_schema_privilege(current_user, 'public', 'CREATE')"):
        return Finding(
            "roles",
            False,
            "pages and worker connect as a role that may change tables and rewrite records",
            "Make roles enishi_owner and enishi_app, set DATABASE_URL and ENISHI_OWNER_URL to "
            "them, then: enishi migrate",
        )
    if open_tables:
        says = f"records can be rewritten: {', '.join(open_tables)}"
        return Finding("roles", False, says, "enishi migrate")
    return Finding("roles", True, "the app may neither change tables nor rewrite records")


CAN_REWRITE = """
    SELECT has_table_privilege(current_user, %s, 'UPDATE')
        OR has_table_privilege(current_user, %s, 'DELETE')
        OR has_table_privilege(current_user, %s, 'TRUNCATE')
"""


def _worker() -> Finding:
    last = _one("SELECT now() - max(last_heartbeat) FROM procrastinate_workers")
    if last is None or last > SILENCE:
        return Finding("worker", False, "no worker is alive", "Start it: enishi run")
    waits = _one(
        "SELECT now() - min(coalesce(scheduled_at, at)) FROM procrastinate_jobs "
        "JOIN procrastinate_events ON job_id = procrastinate_jobs.id AND type = 'deferred' "
        "WHERE status = 'todo' AND coalesce(scheduled_at, at) < now()"
    )
    if waits and waits > OLDEST_JOB:
        return Finding("worker", False, f"a job waits since {waits}", "Look at the worker's log.")
    return Finding("worker", True, "alive")


def _jobs() -> Finding:
    failed = _one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if failed:
        mend = "enishi manage procrastinate shell: list_jobs status=failed, then retry each"
        return Finding("jobs", False, f"{failed} failed for good", mend)
    return Finding("jobs", True, "none failed")


def _clock() -> Finding:
    from django.conf import settings

    from enishi.kit.models import Market

    row = Market.objects.filter(pk=1).first()
    if row is None:
        return Finding("clock", False, "the market has no clock", "enishi migrate")
    if row.mode != settings.MODE:
        says = f"this is the data of a {row.mode} market, run as {settings.MODE}"
        return Finding("clock", False, says, f"Set ENISHI_MODE={row.mode}.")
    return Finding("clock", True, f"{row.ahead} ahead" if row.ahead else "runs true")


LOOKS: tuple[Callable[[], Finding], ...] = (_roles, _worker, _jobs, _clock)


def _one(sql: str, values: list[str] | None = None) -> Any:
    """The one value that a question to the database gives."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (value,) = cursor.fetchone()
    return value
