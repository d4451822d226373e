"""M6, T4: whoever dies at whichever step of the way of money, events and mail: after the restart
everything is settled within one sweep, nothing is lost and nothing is done twice.

Here the one dies who stands at the point; `test_kills` kills the others. The points of uploads
(`files.…`) are visited by the proof of files.
"""

import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

import httpx
import pytest
from procrastinate.contrib.django import app

from enishi.kit import postgres, postgres_process
from enishi.kit.failpoints import KILLED
from tests.cluster import Cluster
from tests.proofs import harness
from tests.proofs.acting import Acting
from tests.proofs.conftest import ROOT
from tests.proofs.harness import Driver, Points, until
from tests.proofs.sink import Sink
from tests.proofs.walk_of_money import (
    DELIVER,
    MAILS,
    UPLOADS,
    VISITS,
    Act,
    Walk,
    clockwork,
    points,
    walking,
)

BUDGET = 120  # two thirds of it for the market, a third for the mails
RESUMED = 120.0  # seconds after which a killed job has run (T4)
# The one only in a live market, below; the others by the proof of files.
ELSEWHERE_KINDS = {"notifications.send", "files.scan", "files.damaged"}


def dies(walk: Walk, point: str, act: Act, of: str = "") -> None:
    """Arm the point, act, and wait until somebody has died there."""
    walk.market.points.arm(point, of=of)
    acting = Acting(act)

    def is_visited() -> bool:
        return not walk.market.points.is_armed(point) or acting.again()

    until(is_visited, f"nobody came to {point} {of}")
    acting.end()


def test_every_point_of_the_source_and_every_kind_of_job_has_its_visit():
    kinds = {name for name in app.tasks if not name.startswith(("procrastinate.", "builtin:"))}

    assert set(points()) == VISITS.keys() | UPLOADS.keys() | MAILS.keys()
    assert kinds == {DELIVER, *clockwork()} | ELSEWHERE_KINDS


@pytest.fixture
def walk(django_db_setup, tmp_path):
    with walking(tmp_path / "market", dies) as walk:
        yield walk


def test_a_death_at_any_step_is_settled_within_one_sweep_and_nothing_is_done_twice(walk, proof):
    proof.budget *= 2
    visited = []
    for point in proof.sample(sorted(VISITS), least=6):
        VISITS[point](walk, point)
        visited.append(point)
    restarted = time.monotonic()
    until(lambda: walk.market.status() == httpx.codes.OK, "pages are back")

    took = walk.settles(restarted)

    proof.say(f"{len(visited)} points, {walk.hires} hires, all settled {took:.0f} s after the last")


@pytest.fixture
def live(django_db_setup, tmp_path):
    """A live market's database and environment; its worker is started by hand."""
    folder = tmp_path / "live"
    folder.mkdir()
    folder.chmod(0o755)
    cluster = Cluster(folder)
    points = Points(folder / "points")
    with Sink() as sink:
        try:
            cluster.start()
            cluster.renew()
            kept = {
                name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")
            }
            yield (
                points,
                sink,
                kept
                | {
                    "ENISHI_DATA": str(folder),
                    "ENISHI_MODE": "live",
                    "ENISHI_URL": "http://localhost:9",
                    "ENISHI_SECRET_KEY": secrets.token_hex(32),
                    "ENISHI_PROVIDER": "stripe",
                    "ENISHI_PROVIDER_URL": "http://127.0.0.1:9",
                    "ENISHI_MAIL_URL": f"smtp://127.0.0.1:{sink.port}",
                },
            )
        finally:
            cluster.remove()


@contextmanager
def worker_dies(data, points, point, environment):
    points.arm(point)
    with worker(environment) as dying:
        assert dying.wait(timeout=harness.PATIENCE) == KILLED
    yield MAILS[point]


@contextmanager
def database_dies(data, points, point, environment):
    """The worker goes on: what it sends now it cannot note, and it is perhaps sent again."""
    points.hold(point)
    with worker(environment):
        until(lambda: points.held(point), f"nobody came to {point}")
        os.kill(postgres_process.postmaster(data), signal.SIGKILL)
        points.let_go(point)
        postgres.ensure(data)
        yield 1 if point == "mails.noted" else 2


def test_a_mail_whose_worker_or_database_dies_is_received_and_at_most_one_more(live, proof):
    """T4. Also where the worker dies is known here by its exit code."""
    points, sink, environment = live
    data = points.folder.with_name("postgres")
    postgres.stop(data)  # the fast server of the tests forgets what it has acknowledged
    postgres.ensure(data)
    drive = Driver(environment)
    armed = environment | {"ENISHI_FAILPOINTS": str(points.folder)}
    slowest = 0.0
    deaths = [(point, dies) for point in MAILS for dies in (worker_dies, database_dies)]
    try:
        for point, dies in proof.sample(deaths, least=1):
            sink.mails.clear()
            drive("write_mails", many=3)
            with dies(data, points, point, armed) as most, worker(armed):
                started = time.monotonic()
                until(lambda: drive("mails")["sent"] == drive("mails")["all"], point, RESUMED)
                slowest = max(slowest, time.monotonic() - started)
            received = Counter(re.findall(r"^To: (.*?)\r?$", "\n".join(sink.mails), re.MULTILINE))
            assert len(received) == 3
            assert sorted(received.values()) in ([1, 1, 1], [1, 1, most]), (point, received)
    finally:
        drive.end()
    proof.say(f"the mail of a job that was cut off left after {slowest:.0f} s at the latest")


class worker:  # noqa: N801  # used as a function
    """A worker of the market, killed at the end."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", "1"]
        command += ["--delete-jobs", "successful"]
        self.process = subprocess.Popen(
            command,
            env=environment | {"DJANGO_SETTINGS_MODULE": "enishi.settings"},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> "subprocess.Popen[bytes]":
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
