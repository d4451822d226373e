"""A fail point kills or holds one process, and nothing at all where no test asks for it."""

import os
import subprocess
import sys
import time

import pytest

from enishi.kit.failpoints import KILLED

PROGRAM = """
from enishi.kit.failpoints import failpoint
failpoint("kit.first")
failpoint("kit.second", of="a kind")
"""


@pytest.fixture
def walk(tmp_path):
    """Walks past two points in a process of its own."""
    started = []

    def start(points=str(tmp_path)):
        kept = {name: value for name, value in os.environ.items() if name != "ENISHI_FAILPOINTS"}
        more = {"ENISHI_FAILPOINTS": points} if points else {}
        process = subprocess.Popen([sys.executable, "-c", PROGRAM], env=kept | more)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_an_armed_point_kills_one_process_once(walk, tmp_path):
    (tmp_path / "kit.first").touch()

    assert (walk().wait(), walk().wait()) == (KILLED, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_point_armed_for_one_kind_lets_the_others_pass(walk, tmp_path):
    (tmp_path / "kit.first").write_text("a kind")
    (tmp_path / "kit.second").write_text("a kind")

    assert (walk().wait(), walk().wait()) == (KILLED, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["kit.first"]


def test_a_holding_point_says_who_stands_there_and_lets_go(walk, tmp_path):
    (tmp_path / "kit.first.hold").touch()
    held = walk()
    mark = tmp_path / f"kit.first.{held.pid}"
    deadline = time.monotonic() + 20
    while not mark.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)

    assert walk().wait() == 0, "one is held, the next passes"
    assert held.poll() is None
    mark.unlink()
    assert held.wait(timeout=20) == 0


def test_without_a_folder_no_point_does_anything(walk, tmp_path):
    (tmp_path / "kit.first").touch()

    assert walk(points="").wait() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["kit.first"]
