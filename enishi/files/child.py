"""Runs `inspection` on a file in a child with little memory and little time (F2).

Whatever happens to the child, the caller gets an answer: a bomb costs at most its limits.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from io import UnsupportedOperation
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import PIL

ROOT = Path(__file__).parents[2]
PATIENCE = 10.0  # seconds on the clock; a processor with much to do is slow for everyone
LONGEST = 2 * 1024 * 1024  # bytes of an answer
REFUSED = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child said. `fault` is empty, or one word: `lost` if it had to be stopped."""

    said: bytes
    fault: str
    seconds: float  # of processor time


def run(file: IO[bytes], task: str, *arguments: str) -> Answer:
    """Let the child look at an open file, from its beginning."""
    try:
        os.lseek(file.fileno(), 0, os.SEEK_SET)
    except UnsupportedOperation:  # it lies in memory
        with TemporaryFile() as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
            copy.flush()
            return run(copy, task, *arguments)
    command = [sys.executable, "-S", "-P", "-m", "enishi.files.inspection", task, *arguments]
    child = subprocess.Popen(
        command,
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        cwd="/",
        start_new_session=True,
    )
    assert child.stdout is not None
    try:
        said = _read(child.stdout, time.monotonic() + PATIENCE)
    finally:
        # Its answer has ended, or its time. Not child.kill(), which may reap it and its figures.
        os.kill(child.pid, signal.SIGKILL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        child.stdout.close()
    return Answer(said, _fault(child.returncode, said), used.ru_utime + used.ru_stime)


def _fault(code: int, said: bytes) -> str:
    if code == REFUSED:
        return said.decode()
    return "" if code == 0 else "lost"


def _read(pipe: IO[bytes], deadline: float) -> bytes:
    found = b""
    while len(found) <= LONGEST:
        ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        chunk = os.read(pipe.fileno(), 65_536) if ready else b""
        if not chunk:
            break
        found += chunk
    return found


@cache
def _environment() -> dict[str, str]:
    """Nothing of ours: no secrets, no proxies, no settings; only where the code lies."""
    packages = Path(PIL.__file__).parents[1]
    return {"PYTHONPATH": f"{ROOT}:{packages}", "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}


def json_of(answer: Answer) -> dict[str, object]:
    """The report of a child. What it says comes from a stranger's file: only its shape is known."""
    found = json.loads(answer.said)
    return found if isinstance(found, dict) else {}
