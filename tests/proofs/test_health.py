"""O5: whatever part of a running market breaks, /readyz turns red within half a minute, names the
part, and turns back when it is mended; /healthz goes on saying that the pages live."""

import json
import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from enishi.kit import postgres, postgres_process
from tests.journeys import site

BUDGET = 12
WITHIN = 30.0  # seconds (O5)
PATIENCE = 60.0


@pytest.fixture(scope="module")
def running():
    with site.running() as market:
        until(market, set(), PATIENCE)
        yield market


def red(market):
    """The parts that are not well, as a probe learns them; None: no answer at all."""
    try:
        answer = httpx.get(
            f"{market.url}/readyz",
            headers={"accept": "application/json"},
            timeout=10,
            trust_env=False,
            verify=False,
        )
    except httpx.HTTPError:
        return None
    told = json.loads(answer.content)
    assert told["ready"] == (answer.status_code == 200)
    return {name for name, is_well in told["parts"].items() if not is_well}


def until(market, wanted, patience):
    """Seconds until exactly these parts are red, or these among others that hang on them."""
    started = time.monotonic()
    while (seen := red(market)) is None or not (wanted <= seen if wanted else not seen):
        assert time.monotonic() - started < patience, f"{wanted} wanted, {seen} seen"
        time.sleep(0.3)
    return time.monotonic() - started


@contextmanager
def owner(market, role="enishi_owner"):
    with psycopg.connect(postgres.url(market.folder / "postgres", role), autocommit=True) as there:
        yield there


@contextmanager
def held(pid):
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def process(market, *words):
    """A part of this market, by its data folder and its command line."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            line = (entry / "cmdline").read_bytes().decode().split("\0")
            there = (entry / "environ").read_bytes()
        except OSError:
            continue
        is_ours = f"ENISHI_DATA={market.folder}".encode() in there
        if is_ours and set(words) <= set(line) and "setpriv" not in line[0]:
            return int(entry.name)
    raise AssertionError(f"no process {words}")


@contextmanager
def database(market):
    """Not gone but silent: connections hang."""
    with held(postgres_process.postmaster(market.folder / "postgres")):
        yield


@contextmanager
def migrations(market):
    with owner(market) as there:
        row = there.execute(
            "delete from django_migrations where app = 'reviews' returning app, name, applied"
        ).fetchall()
        yield
        for one in row:
            there.execute(
                "insert into django_migrations (app, name, applied) values (%s, %s, %s)", one
            )


@contextmanager
def queue(market):
    """A job that nobody takes: another one holds its lock."""
    with owner(market) as there:
        defer = (
            "insert into procrastinate_jobs (queue_name, task_name, priority, lock, args, status, "
            "attempts, scheduled_at) values ('default', 'events.nobody', 0, 'proof', '{}', %s, 0, "
            "now() - interval '1 hour') returning id"
        )
        ids = [there.execute(defer, [status]).fetchone()[0] for status in ("doing", "todo")]
        alive = "update procrastinate_jobs set worker_id = (select max(id) from "
        there.execute(f"{alive} procrastinate_workers) where id = %s", [ids[0]])
        yield
        there.execute("delete from procrastinate_jobs where id = any(%s)", [ids])


@contextmanager
def clocks(market):
    """The database's clock goes an hour ahead, for everyone who connects from now on."""
    with owner(market, "enishi") as there:
        there.execute("create schema ahead")
        there.execute(
            "create function ahead.clock_timestamp() returns timestamptz language sql as "
            "$$ select pg_catalog.clock_timestamp() + interval '1 hour' $$"
        )
        there.execute("grant usage on schema ahead to enishi_app")
        there.execute("alter role enishi_app set search_path = ahead, pg_catalog, public")
        try:
            yield
        finally:
            there.execute("alter role enishi_app reset search_path")
            there.execute("drop schema ahead cascade")


@contextmanager
def stream(market):
    with held(process(market, "enishi.stream.app:app")):
        yield


# The eighth, the disk, is measured against a setting: tests/web/test_health.py raises it.
QUICK = {
    "database": database,
    "migrations": migrations,
    "queue": queue,
    "clocks": clocks,
    "stream": stream,
}


def test_each_part_that_breaks_is_named_and_recovers(running, proof):
    for name, broken in proof.sample(QUICK.items(), least=5):
        with broken(running):
            seconds = until(running, {name}, WITHIN)
            alive = httpx.get(f"{running.url}/healthz", trust_env=False, verify=False, timeout=10)
            assert alive.status_code == 200
        proof.say(f"{name}: red after {seconds:.1f} s")
        until(running, set(), PATIENCE)


def test_a_worker_that_stands_still_is_seen_in_time(running, proof):
    """One break, two parts: nobody works, and the clocks are not swept. In the sample the silence
    is not waited for: what the worker last said is made older."""
    with held(process(running, "procrastinate", "worker")):
        started = time.monotonic()
        if not proof.whole:
            with owner(running) as there:
                older = "= now() - interval '24 seconds'"
                there.execute(f"update procrastinate_workers set last_heartbeat {older}")
                there.execute(f"update kit_heartbeat set at {older}")
        until(running, {"worker", "sweep"}, WITHIN)
        seconds = time.monotonic() - started
        assert seconds < WITHIN
    proof.say(f"worker and sweep: red after {seconds:.1f} s")
    until(running, set(), PATIENCE)
