"""`enishi run` and its neighbours as a person meets them: a terminal, a data folder, exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from enishi.kit import postgres, postgres_process
from tests.cluster import Cluster

ENISHI = str(Path(sys.executable).with_name("enishi"))
PATIENCE = 90  # seconds; the machine may be busy


@pytest.fixture(scope="module")
def folder(tmp_path_factory, django_db_setup):
    """A data folder whose fast database is a copy of the migrated one."""
    cluster = Cluster(tmp_path_factory.mktemp("market"))
    cluster.start()
    cluster.renew()
    yield cluster.folder
    cluster.remove()


def environment(folder, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
    return kept | {"ENISHI_DATA": str(folder)} | more


def enishi(folder, *arguments, **more):
    return subprocess.run(
        [ENISHI, *arguments],
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class Running:
    """One `enishi run`, ready."""

    def __init__(self, folder):
        self.folder, self.address, self.said = folder, "", []
        self.log = (folder / "run.log").open("w+")
        self.process = subprocess.Popen(
            [ENISHI, "run"],
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("Enishi: "):
                self.address = line.split()[1]
            if line == "ready\n":
                return
        raise AssertionError(f"never ready:\n{(folder / 'run.log').read_text()}")

    def page(self):
        with urlopen(self.address, timeout=PATIENCE) as response:
            return response.status

    def end(self):
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=PATIENCE)
        self.process.stdout.close()
        self.log.close()
        return code


@pytest.fixture(scope="module")
def migrated(folder):
    done = enishi(folder, "migrate")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return folder


@pytest.fixture(scope="module")
def running(migrated):
    market = Running(migrated)
    yield market
    if market.process.poll() is None:
        market.end()


def test_a_market_that_was_never_migrated_says_what_to_do(tmp_path):
    done = enishi(tmp_path, "run")
    postgres.stop(tmp_path / "postgres")
    assert (done.returncode, done.stderr) == (
        2,
        "The database is not up to date: run enishi migrate first.\n",
    )


def test_run_prints_its_address_and_is_ready_when_the_first_page_answers(running):
    assert running.address.startswith("http://localhost:")
    assert running.page() == 200


LIVE = {
    "ENISHI_MODE": "live",
    "ENISHI_SECRET_KEY": "k" * 50,
    "ENISHI_URL": "https://enishi.example",
    "ENISHI_MAIL_URL": "smtp://127.0.0.1:9",
    "ENISHI_PROVIDER": "stripe",
    "ENISHI_PROVIDER_URL": "http://127.0.0.1:9",
    "ENISHI_PROVIDER_KEY": "rk_live_x",
    "ENISHI_PROVIDER_SECRET": "whsec_x",
}


def test_a_live_market_does_not_start_before_it_may_take_real_money(tmp_path):
    assert enishi(tmp_path, "migrate", **LIVE).returncode == 0

    done = enishi(tmp_path, "run", **LIVE)
    postgres.stop(tmp_path / "postgres")

    assert done.returncode == 2
    assert done.stderr.startswith("This market may not take real money yet")
    for subject in ("licence", "treasurers", "mail", "provider"):
        assert f"\n{subject}: " in done.stderr
    assert "ready" not in done.stdout


def test_a_second_run_on_the_same_data_is_refused(running):
    done = enishi(running.folder, "run")
    assert done.returncode == 2
    assert "already running" in done.stderr


def test_a_wished_port_that_is_taken_is_refused(running, tmp_path):
    port = running.address.rsplit(":", 1)[1]
    done = enishi(tmp_path, "run", ENISHI_PORT=port)
    assert done.returncode == 2
    assert done.stderr == (f"Port {port} is taken: set ENISHI_PORT to another one, or unset it.\n")


def test_doctor_finds_nothing_wrong_with_a_market_that_runs(running):
    deadline = time.monotonic() + PATIENCE
    while (done := enishi(running.folder, "doctor", "--json")).returncode:
        assert time.monotonic() < deadline, done.stdout
    assert {one["subject"] for one in json.loads(done.stdout)} >= {
        *("database", "roles", "worker", "clock", "mail", "disk")
    }


def test_a_killed_database_comes_back_under_the_running_market(running):
    data = running.folder / "postgres"
    killed = postgres_process.postmaster(data)
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while postgres_process.postmaster(data) in (None, killed):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    postgres.ensure(data)  # waits until it answers
    assert running.page() == 200


def test_ctrl_c_stops_everything_and_the_database(running):
    assert running.end() == 0
    assert not postgres.running(running.folder / "postgres")
    with pytest.raises(OSError, match="refused"):
        running.page()
