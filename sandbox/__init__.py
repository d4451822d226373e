"""A test payment provider: a separate small program that speaks a part of Stripe's HTTP API.

It knows nothing of Enishi and keeps its state in one SQLite file. Clocks here are real time.
"""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Running:
    url: str
    key: str
    webhook_secret: str
    pid: int


@contextmanager
def running(
    *,
    data: Path,
    webhook_url: str | None = None,
    key: str = "",
    webhook_secret: str = "",
    settle_after: float = 0.0,
) -> Iterator[Running]:
    """Run the program beside this one on a free port, for tests and for filling the demo."""
    key = key or f"sk_test_{secrets.token_hex(12)}"
    webhook_secret = webhook_secret or f"whsec_{secrets.token_hex(12)}"
    command = [sys.executable, "-m", "sandbox", "--data", str(data), "--until-stdin-closes"]
    command += ["--secret", key, "--webhook-secret", webhook_secret]
    command += ["--webhook-url", webhook_url or "", "--settle-after", str(settle_after)]
    # Started from the folder that holds this package: then it need not be installed.
    root = Path(__file__).resolve().parent.parent
    process = subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the sandbox did not start")
        url = line.split()[-1]
        yield Running(url, key, webhook_secret, process.pid)
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
