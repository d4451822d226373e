"""What a killed `enishi run` leaves behind: parts that did not go with it and hold its ports.

Every part carries a mark in its environment, and so do its children; nobody else does.
"""

import os
import signal
import time
from pathlib import Path

from . import folder

MARK = "ENISHI_PART"
PATIENCE = 5.0  # seconds in which the killed are gone
PROCESSES = Path("/proc")


def marked() -> dict[str, str]:
    """The environment of a part of this market."""
    return os.environ | {MARK: str(folder.data())}


def end() -> None:
    """Kill what is left, as it may be at any moment anyway. Whoever calls holds the folder, so no
    market runs here whose parts these could be."""
    deadline = time.monotonic() + PATIENCE
    while (left := _left()) and time.monotonic() < deadline:
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.05)


def _left() -> list[int]:
    """By the mark, never by a number that was written down: it may be somebody else's by now."""
    if not PROCESSES.is_dir():
        return []
    mark = f"{MARK}={folder.data()}".encode()
    found = (entry for entry in PROCESSES.iterdir() if entry.name.isdigit())
    marked = [int(entry.name) for entry in found if mark in _environment(entry)]
    return [pid for pid in marked if pid != os.getpid()]


def _environment(entry: Path) -> list[bytes]:
    """Empty for a zombie, and for whoever belongs to somebody else."""
    try:
        return (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return []
