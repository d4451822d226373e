"""Named places at which a test may kill the process, as a power cut would, or hold it while
something else is killed.

Nothing happens unless ENISHI_FAILPOINTS names a folder (a live market refuses it) and a file stands
there. `NAME` kills one process once. `NAME.hold` holds one: whoever renames it to `NAME.pid`, and
until that is removed.
"""

import os
import time
from pathlib import Path

KILLED = 137  # what a shell reports after SIGKILL
LONGEST = 60.0  # seconds; nobody stands at a point for ever because a test has ended
_folder = os.environ.get("ENISHI_FAILPOINTS")


def failpoint(name: str, of: str = "") -> None:
    """Die here, without a word and without cleaning up, if this point is armed; wait here, if it
    holds. A file that is not empty means only what it names, say the kind of a job.

    `name` is a literal `package.place`, once in the whole source: `tests/proofs` finds every point
    by reading the code and fails for one that no crash test visits.
    """
    if _folder is None:
        return
    armed = Path(_folder) / name
    mine = armed.with_name(f"{name}.{os.getpid()}")
    if _is_taken(armed, of, mine):
        mine.unlink()
        os._exit(KILLED)
    if _is_taken(armed.with_name(f"{name}.hold"), of, mine):
        _wait_until_gone(mine)


def _is_taken(armed: Path, of: str, mine: Path) -> bool:
    """By whoever renames it: one process, however many come at the same time."""
    try:
        if armed.read_text() not in ("", of):
            return False
        armed.rename(mine)
    except FileNotFoundError:
        return False
    return True


def _wait_until_gone(mine: Path) -> None:
    deadline = time.monotonic() + LONGEST
    while mine.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
