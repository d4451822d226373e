"""O1: no migration locks a table that is in use for longer than a moment, and one that has to wait
for its lock lets everybody else pass."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from enishi.cli import database
from enishi.kit import postgres

SQUAWK = Path(sys.executable).with_name("squawk")
# Only what the words of a migration do to others while it runs; types are decided in models.
LOCKING = {
    "adding-field-with-default",
    "adding-foreign-key-constraint",
    "adding-not-nullable-field",
    "adding-required-field",
    "adding-serial-primary-key-field",
    "ban-drop-column",
    "ban-drop-table",
    "changing-column-type",
    "constraint-missing-not-valid",
    "disallowed-unique-constraint",
    "renaming-column",
    "renaming-table",
    "require-concurrent-index-creation",
    "require-concurrent-index-deletion",
    "syntax-error",
}
# (migration, rule): why it may. An initial migration makes its tables, which nobody uses yet.
# That of the ledger fills lines that are written once: no market had any when it came.
REASONS = {("escrow.0004_lines_say_the_balance", "adding-not-nullable-field")}


def ours():
    loader = MigrationLoader(None)
    return [
        (app, name)
        for (app, name), found in sorted(loader.disk_migrations.items())
        if found.__module__.startswith("enishi.") and not found.initial
    ]


def statements(app, name):
    loader = MigrationLoader(None)
    migration = loader.graph.nodes[app, name]
    state = loader.project_state((app, name), at_end=False)
    with connections["default"].schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor, collect_sql=True)
    return "\n".join(editor.collected_sql), migration.atomic


def findings(sql, is_atomic, file):
    file.write_text(sql)
    done = subprocess.run(
        [
            *(SQUAWK, "--pg-version=15", "--reporter=json", file),
            *(["--assume-in-transaction"] if is_atomic else []),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=file.parent,
    )
    assert done.stdout, done.stderr
    return {one["rule_name"] for one in json.loads(done.stdout)} & LOCKING


@pytest.mark.parametrize(("app", "name"), ours())
def test_a_migration_locks_for_a_moment_only_or_has_a_reason(market, tmp_path, app, name):
    found = findings(*statements(app, name), tmp_path / "migration.sql")
    assert found == {rule for where, rule in REASONS if where == f"{app}.{name}"}


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("CREATE INDEX slow ON events_event (name);", "require-concurrent-index-creation"),
        ("ALTER TABLE events_event ADD CHECK (name <> '');", "constraint-missing-not-valid"),
        ("ALTER TABLE events_event ALTER name TYPE text;", "changing-column-type"),
        ("ALTER TABLE events_event ADD COLUMN x int NOT NULL;", "adding-required-field"),
    ],
)
def test_what_would_lock_is_seen(tmp_path, sql, rule):
    assert rule in findings(sql, True, tmp_path / "bad.sql")


@pytest.mark.usefixtures("market")
def test_a_migration_waits_two_seconds_for_a_lock_and_then_steps_aside(cluster):
    """A page behind a waiting ALTER TABLE waits as long as the migration does."""
    address = postgres.url(cluster.data, "enishi_owner")
    held, waits = threading.Event(), []

    def holds_the_table():
        with psycopg.connect(address) as connection:
            connection.execute("select count(*) from kit_heartbeat")
            held.set()
            time.sleep(4)

    def alters():
        with connections["owner"].cursor() as cursor:
            started = time.monotonic()
            try:
                cursor.execute("alter table kit_heartbeat add column note text")
            finally:
                waits.append(time.monotonic() - started)

    holder = threading.Thread(target=holds_the_table)
    holder.start()
    held.wait()
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"set lock_timeout = '{database.LOCK_WAIT}'")
    database._patiently(alters)
    holder.join()
    connections["owner"].close()
    assert len(waits) >= 2  # it gave way, and came again
    assert max(waits) < 3


@pytest.mark.usefixtures("market")
def test_an_index_is_built_beside_a_long_transaction_without_hurry(cluster):
    """CREATE INDEX CONCURRENTLY waits for whoever began before, and disturbs nobody."""
    owner, begun = connections["owner"], threading.Event()

    def writes():
        with psycopg.connect(postgres.url(cluster.data, "enishi_owner")) as connection:
            connection.execute("insert into kit_heartbeat values ('proof', now())")
            begun.set()
            time.sleep(3)

    writer = threading.Thread(target=writes)
    writer.start()
    begun.wait()
    with owner.cursor() as cursor, owner.execute_wrapper(database._unhurried):
        cursor.execute(f"set lock_timeout = '{database.LOCK_WAIT}'")
        cursor.execute("CREATE INDEX CONCURRENTLY proof ON kit_heartbeat (at)")
        cursor.execute("show lock_timeout")
        assert cursor.fetchone() == ("2s",)
    writer.join()
    owner.close()


@pytest.mark.usefixtures("market")
def test_half_of_an_index_does_not_stop_the_next_migration(cluster):
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("insert into kit_heartbeat values ('a', now()), ('b', now())")
        with pytest.raises(Exception, match="could not create unique index"):
            cursor.execute("CREATE UNIQUE INDEX CONCURRENTLY half ON kit_heartbeat ((1))")
        database._clear_halves(cursor)
        cursor.execute("CREATE INDEX CONCURRENTLY half ON kit_heartbeat (at)")
    owner.close()
