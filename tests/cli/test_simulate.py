"""`enishi simulate` and `enishi demo fill` as a person calls them, each on a market of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster import Cluster

ENISHI = str(Path(sys.executable).with_name("enishi"))
SMALL = ("--workers", "6", "--clients", "3", "--days", "30", "--seed", "5")
PATIENCE = 300  # seconds; the machine may be busy


@pytest.fixture
def folder(tmp_path, django_db_setup):
    cluster = Cluster(tmp_path / "market")
    cluster.start()
    cluster.renew()
    yield cluster.folder
    cluster.remove()


def enishi(folder, *arguments):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
    return subprocess.run(
        [ENISHI, *arguments],
        env=kept | {"ENISHI_DATA": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_simulation_prints_and_keeps_its_report(folder, tmp_path):
    """B17: data to stdout, progress to stderr."""
    assert enishi(folder, "migrate").returncode == 0
    report = tmp_path / "report.json"

    done = enishi(folder, "simulate", *SMALL, "--json", "--report", str(report))

    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert (facts["workers"], facts["clients"], facts["days"], facts["seed"]) == (6, 3, 30, 5)
    assert json.loads(report.read_text()) == facts
    assert "30/30" in done.stderr


def test_a_report_without_a_folder_is_pointed_out_before_the_work(folder, tmp_path):
    report = tmp_path / "nowhere" / "report.json"

    done = enishi(folder, "simulate", *SMALL, "--report", str(report))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"There is no folder for the report: {report.parent}\n"


def test_the_demo_market_is_filled_by_one_command(folder):
    """B17: the market that `bin/run` leaves behind on a fresh clone."""
    assert enishi(folder, "migrate").returncode == 0

    done = enishi(folder, "demo", "fill")

    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "The demo market is filled." in done.stderr
    assert json.loads(enishi(folder, "verify-ledger", "--json").stdout)["sound"]
