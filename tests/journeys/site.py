"""A whole market for a browser: `enishi run` on a free port with a data folder of its own."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENISHI = ROOT / ".venv" / "bin" / "enishi"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 90.0


@dataclass(slots=True)
class Site:
    """A running market: its address and its command line."""

    url: str
    folder: Path
    environment: dict[str, str]
    days_ahead: int = 0

    def advance(self, days: int) -> None:
        """Move the market's clock forward; the worker is woken and takes the steps that are due."""
        self.enishi("demo", "advance", f"{days}d")
        self.days_ahead += days

    def day(self, days: int) -> date:
        """The market's today in Tokyo, and so many days on."""
        return (datetime.now(UTC) + timedelta(hours=9, days=self.days_ahead + days)).date()

    def enishi(self, *arguments: str) -> str:
        """Run the command line on this market and return what it printed."""
        done = subprocess.run(
            [ENISHI, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def free_port() -> int:
    """Two neighbours are needed: pages and stream."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with suppress(OSError):
                second.bind(("127.0.0.1", port + 1))
                return port


@contextmanager
def running(**more: str):
    """Bring an empty market up, and take it down again. `more` is set in its environment."""
    with tempfile.TemporaryDirectory(prefix="enishi-journey-") as name:
        port = free_port()
        environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith("ENISHI_") or key == "ENISHI_PG_BIN"
        }
        environment.pop("DATABASE_URL", None)
        environment |= {"ENISHI_DATA": name, "ENISHI_PORT": str(port), "ENISHI_MODE": "demo"} | more
        site = Site(f"http://localhost:{port}", Path(name), environment)
        site.enishi("migrate")
        log = Path(name) / "run.log"
        with log.open("w") as output:
            market = subprocess.Popen(
                [ENISHI, "run"], env=environment, cwd=ROOT, stdout=output, stderr=output
            )
            try:
                _wait_until_ready(market, log)
                yield site
            finally:
                market.send_signal(signal.SIGINT)
                try:
                    market.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    market.kill()


def _wait_until_ready(market: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while "ready" not in log.read_text(errors="replace").split("\n"):
        assert market.poll() is None, log.read_text(errors="replace")
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        time.sleep(0.2)
