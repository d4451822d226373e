"""Named places at which a test may kill the process, as a power cut would.

Nothing happens unless ENISHI_FAILPOINTS names a folder (a live market refuses it) and a file of
the point's name stands there. Whoever removes it dies: an armed point kills one process once.
"""

import os
from pathlib import Path

KILLED = 137  # what a shell reports after SIGKILL
_folder = os.environ.get("ENISHI_FAILPOINTS")


def failpoint(name: str) -> None:
    """Die here, without a word and without cleaning up, if this point is armed.

    `name` is a literal `package.place`, once in the whole source: `tests/proofs` finds every point
    by reading the code and fails for one that no crash test visits.
    """
    if _folder is None:
        return
    try:
        (Path(_folder) / name).unlink()
    except FileNotFoundError:
        return
    os._exit(KILLED)
