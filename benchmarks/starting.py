"""From the command to the first page: with everything installed, and from a fresh clone.

`cold_start` is `bin/run` on a machine that is set up and has its demo market; the note tells the
very first run, which makes the tables and plays that market's past. `setup` begins with `git clone`
of the last commit and counts the installation too, from whatever cache this machine has.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from enishi.cli import ports

from .measure import Figure, Result, number

ROOT = Path(__file__).parent.parent
PATIENCE = 600.0
SECONDS = 15.0


def cold_start(*, quick: bool) -> Result:
    folder = Path(os.environ["ENISHI_DATA"]) / "cold"
    first = _first_page(ROOT, folder)
    found = Figure.of([_first_page(ROOT, folder) for _ in range(1 if quick else 5)])
    return Result(
        name="cold_start",
        value=found,
        unit="s",
        goal=f"≤ {SECONDS:.0f} s",
        is_met=found.median <= SECONDS,
        notes=(f"the very first run, demo market included: {number(first)} s",),
    )


def setup(*, quick: bool) -> Result:
    place = Path(os.environ["ENISHI_DATA"]) / "clone"
    began = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(place)], check=True)
    cloned = time.perf_counter() - began
    took = cloned + _first_page(place, place / "var")
    shutil.rmtree(place, ignore_errors=True)
    return Result(name="setup", value=Figure.of([took]), unit="s", goal="reported", is_met=True)


def _first_page(place: Path, folder: Path) -> float:
    port = ports.free_from(40_000 + os.getpid() % 10_000, "127.0.0.1")
    began = time.perf_counter()
    with _running(place, folder, port) as process:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"bin/run ended: see {folder.with_suffix('.log')}")
            time.sleep(0.1)
        return time.perf_counter() - began


@contextmanager
def _running(place: Path, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
    kept |= {"ENISHI_DATA": str(folder), "ENISHI_PORT": str(port)}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    with folder.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(
            ["bin/run"], cwd=place, env=kept, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
