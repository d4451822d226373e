"""The program as a process: it can be killed, it ends with its parent, it says what is wrong."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import sandbox

from .conftest import Api

ROOT = Path(__file__).parents[2]


def test_what_was_paid_survives_a_kill(tmp_path):
    with sandbox.running(data=tmp_path, key="sk_test_kept") as box, Api(box) as api:
        intent = api.paid(700)
        os.kill(box.pid, signal.SIGKILL)

    with sandbox.running(data=tmp_path, key="sk_test_kept") as box, Api(box) as api:
        assert api.get(f"/v1/payment_intents/{intent['id']}").json() == intent
        assert api.get("/v1/balance").json()["available"][0]["amount"] == 700


def test_money_on_its_way_can_be_hurried(tmp_path):
    with sandbox.running(data=tmp_path, settle_after=600) as box, Api(box) as api:
        intent = api.intent(confirm="true", payment_method="pm_card_slow")
        assert intent["status"] == "processing"

        assert api.post("/_control/hurry").json() == {"arrived": 1}

        assert api.get(f"/v1/payment_intents/{intent['id']}").json()["status"] == "succeeded"


def run(*arguments):
    command = [sys.executable, "-m", "sandbox", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )


def test_a_taken_port_is_one_sentence_and_exit_2(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run("--data", str(tmp_path), "--port", port)

    assert ended.returncode == 2
    assert ended.stderr.startswith(f"sandbox cannot listen on port {port}")


def test_it_ends_with_the_process_that_started_it(tmp_path):
    command = [sys.executable, "-m", "sandbox", "--data", str(tmp_path), "--until-stdin-closes"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline().startswith("listening on http://127.0.0.1:")
        process.stdin.close()
        assert process.wait(timeout=10) == 0


def test_it_ends_cleanly_when_told_to(tmp_path):
    command = [sys.executable, "-m", "sandbox", "--data", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        process.terminate()
        process.wait(timeout=10)
    assert process.returncode in (0, -signal.SIGTERM)
