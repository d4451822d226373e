"""The sandbox that stands for the payment provider in a demo: where it is, and starting it.

Its port and keys are kept in the data folder, so that hosted pages keep their addresses.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import folder, ports

WEBHOOK = "/webhooks/provider/"
PATIENCE = 15.0  # seconds a sandbox may take to start


@dataclass(frozen=True, slots=True)
class Sandbox:
    data: Path
    port: int
    key: str
    webhook_secret: str

    def command(self, market_url: str) -> list[str]:
        return [
            *(sys.executable, "-m", "sandbox"),
            *("--port", str(self.port)),
            *("--data", str(self.data)),
            *("--secret", self.key),
            *("--webhook-secret", self.webhook_secret),
            *("--webhook-url", market_url + WEBHOOK),
        ]


ours: Sandbox | None = None


def settle(*, starting: bool = False) -> None:
    """Tell the settings where our sandbox is, unless the operator named a provider."""
    global ours
    if not _is_wanted():
        return
    home = folder.data() / "sandbox"
    port = int(_kept(home / "port", lambda: str(ports.somewhere())))
    if starting and not folder.is_running() and not ports.is_free(port):
        port = ports.somewhere()
        (home / "port").write_text(str(port))
    ours = Sandbox(
        data=home,
        port=port,
        key=_kept(home / "key", lambda: f"sk_test_{secrets.token_hex(16)}"),
        webhook_secret=_kept(home / "webhook_secret", lambda: f"whsec_{secrets.token_hex(16)}"),
    )
    os.environ["ENISHI_PROVIDER_URL"] = f"http://127.0.0.1:{port}"
    os.environ["ENISHI_PROVIDER_KEY"] = ours.key
    os.environ["ENISHI_PROVIDER_SECRET"] = ours.webhook_secret


@contextmanager
def serving(market_url: str) -> Iterator[None]:
    """A sandbox for the length of one command, unless `enishi run` already has ours up."""
    if ours is None or folder.is_running():
        yield
        return
    command = ours.command(market_url)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    try:
        deadline = time.monotonic() + PATIENCE
        while not ports.answers(ours.port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("The payment sandbox does not start.")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def _is_wanted() -> bool:
    return (
        os.environ.get("ENISHI_MODE", "demo") == "demo"
        and os.environ.get("ENISHI_PROVIDER", "sandbox") == "sandbox"
        and "ENISHI_PROVIDER_URL" not in os.environ
    )


def _kept(path: Path, make: Callable[[], str]) -> str:
    """The value kept in this file, made and kept at the first call."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text()
