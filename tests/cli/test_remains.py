"""What a killed market left behind is ended by the next one, and nobody else is."""

import os
import subprocess
import sys

import pytest

from enishi.cli import remains

# Deaf, as a part may be that a signal met at a bad moment; its child carries the mark on.
DEAF = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def start(tmp_path, monkeypatch):
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path / "one"))
    started = []

    def start(environment):
        process = subprocess.Popen(
            [sys.executable, "-c", DEAF], env=environment, stdout=subprocess.PIPE, text=True
        )
        started.append((process, int(process.stdout.readline())))
        return started[-1]

    yield start
    for process, child in started:
        if process.poll() is None:
            os.kill(child, 9)
        process.kill()
        process.wait()
        process.stdout.close()


def test_parts_that_outlived_their_market_are_ended_with_their_children(start):
    left, child = start(remains.marked())

    remains.end()

    assert left.wait(timeout=10) == -9
    assert child not in remains._left()


def test_who_is_no_part_or_one_of_another_market_is_left_alone(start, tmp_path, monkeypatch):
    stranger, _ = start(dict(os.environ))
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path / "one two"))
    other, _ = start(remains.marked())
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path / "one"))

    remains.end()

    assert (stranger.poll(), other.poll()) == (None, None)
