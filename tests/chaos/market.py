"""The market of a run: made once in the state folder, opened again by whoever goes on with it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from enishi.kit import postgres
from tests.cluster import migrate
from tests.proofs.harness import ROOT, Market


@contextmanager
def opened(state: Path) -> Iterator[Market]:
    folder = state / "market"
    if not (folder / "made").exists():
        _make(folder)
    migrate(folder)
    shutil.rmtree(folder / "points", ignore_errors=True)
    made = Market(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        postgres.stop(made.data)


def _make(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for one in (folder, folder.parent):
        one.chmod(0o755)
    (folder / "made").touch()


def inside(module: str, *arguments: str) -> list[str]:
    """The command of a process of the market."""
    return [sys.executable, "-m", "tests.chaos.inside", module, *arguments]


def ask(market: Market, module: str, *arguments: str) -> Any:
    """What a process of this market prints, as JSON."""
    done = subprocess.run(
        inside(module, *arguments),
        env=market.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)
