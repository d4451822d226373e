"""Looks at every part with a connection of its own, within bounds: a database that hangs is found
out by waiting, and the probe still answers. What was seen holds for two seconds."""

import threading
import time

from . import checks
from .finding import Finding

HOLDS = 2.0  # seconds
PATIENCE = 3.0  # seconds; then the database counts as gone
HANGS = Finding("database", False, f"no answer for {PATIENCE:.0f} s", "Look at its log.")

_asking = threading.Lock()
_latest: list[Finding] = []
_seen_at = float("-inf")


def latest() -> list[Finding]:
    """What is true now, or was a moment ago."""
    global _latest, _seen_at
    with _asking:
        if time.monotonic() - _seen_at > HOLDS:
            _latest = look()
            _seen_at = time.monotonic()
        return _latest


class _Look(threading.Thread):
    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.found: list[Finding] | None = None

    def run(self) -> None:
        self.found = checks.all_of_the_database()


_running: _Look | None = None


def look() -> list[Finding]:
    """Every part, now. While an earlier look still hangs, no second one is sent after it."""
    global _running
    if _running is None or not _running.is_alive():
        _running = _Look()
        _running.start()
    _running.join(PATIENCE)
    found = _running.found if _running.found is not None else [HANGS]
    return [*found, checks.disk(), checks.provider()]
