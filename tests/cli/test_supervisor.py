"""The supervisor: parts that die come back, parts that are told to stop do, children included."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import sys
from enishi.cli.supervisor import Part, Supervisor
script = sys.argv[1]
Supervisor([Part("part", [sys.executable, "-c", script])], lambda: False).run()
"""
# Leaves a child, as the page server does, and says who they are.
PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("pids", os.getpid(), child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def supervise():
    started = []

    def start(script):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, script], stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def next_pids(process):
    for line in process.stderr:
        if "pids" in line:
            return [int(pid) for pid in line.split()[-2:]]
    raise AssertionError("the part never started")


def alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def gone(*pids):
    deadline = time.monotonic() + 5
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, pids))


def test_a_killed_part_starts_again_and_its_children_are_ended(supervise):
    process = supervise(PARENT)
    parent, child = next_pids(process)
    os.kill(parent, signal.SIGKILL)
    again, _ = next_pids(process)
    assert again != parent
    assert gone(parent, child)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_every_part_and_itself(supervise, number):
    process = supervise(PARENT)
    pids = next_pids(process)
    process.send_signal(number)
    assert process.wait(timeout=10) == 0
    assert gone(*pids)


def test_a_part_that_ignores_the_request_is_killed_at_the_second_one(supervise):
    process = supervise("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PARENT)
    pids = next_pids(process)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert alive(pids[0])
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=5) == 0
    assert gone(*pids)


def test_a_part_does_not_outlive_a_killed_supervisor(supervise):
    process = supervise(PARENT)
    parent, _ = next_pids(process)
    process.kill()
    assert gone(parent)
