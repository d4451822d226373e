"""Keeps the parts of a market running in the foreground: starts, watches, restarts, stops them."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from enishi.kit import logs

from . import remains

TICK = 0.25
GRACE = 10.0  # seconds a part has to end cleanly
LONGEST_PAUSE = 5.0  # whatever it was: nobody waits half a minute for a part that would live
HEALTHY_AFTER = 30.0  # a part that lived this long starts again without a pause

Log = Callable[[str, str], None]


def log(part: str, line: str) -> None:
    as_json = os.environ.get("ENISHI_LOG", "json" if _is_live() else "text") == "json"
    sys.stderr.write(logs.relayed(part, line, as_json=as_json) + "\n")
    sys.stderr.flush()


def _is_live() -> bool:
    return os.environ.get("ENISHI_MODE") == "live"


@dataclass(slots=True)
class Part:
    """One program of the market and what became of it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    failures: int = 0
    again_at: float = 0.0
    reader: threading.Thread | None = field(default=None, repr=False)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            [*_dying_with_us(), *self.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=remains.marked(),
            # Ctrl-C reaches us alone, and we end the parts in order.
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._relay, args=[self.process], daemon=True)
        self.reader.start()

    def watch(self) -> None:
        """Start again, after a growing pause, if the part has ended."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            self.end(signal.SIGKILL)  # a killed part may leave children that hold its port
            lived = now - self.started_at
            self.failures = 0 if lived > HEALTHY_AFTER else self.failures + 1
            pause = min(0.5 * 2**self.failures, LONGEST_PAUSE) if self.failures else 0.0
            log(self.name, f"ended with {code}, starts again in {pause:.0f} s")
            self.process, self.again_at = None, now + pause
        if self.process is None and now >= self.again_at:
            self.start()

    def take_heart(self) -> None:
        """What made it fall is mended: earlier failures do not count."""
        self.failures, self.again_at = 0, 0.0

    def end(self, number: int) -> None:
        """Signal the part and its children, those it left behind included."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def is_over(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def _relay(self, process: "subprocess.Popen[str]") -> None:
        for line in process.stdout or ():
            log(self.name, line.rstrip())


@dataclass(slots=True)
class Supervisor:
    """Runs until SIGINT, SIGTERM or a closed terminal. `each_tick` sees to what is not a part, and
    says whether it has come back: then parts that fell for want of it start without a pause."""

    parts: Sequence[Part]
    each_tick: Callable[[], bool]
    asked_to_stop: int = 0

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)
        try:
            while not self.asked_to_stop:
                for part in self.parts:
                    part.watch()
                if self.each_tick():
                    for part in self.parts:
                        part.take_heart()
                time.sleep(TICK)
        finally:
            self._stop()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop += 1

    def _stop(self) -> None:
        """End the last started first; whoever does not go in time, or at a second Ctrl-C, is
        killed."""
        deadline = time.monotonic() + GRACE
        for part in reversed(self.parts):
            part.end(signal.SIGTERM)
        while not all(part.is_over() for part in self.parts):
            if time.monotonic() > deadline or self.asked_to_stop > 1:
                for part in self.parts:
                    part.end(signal.SIGKILL)
            time.sleep(0.05)
        for part in self.parts:
            part.end(signal.SIGKILL)
            if part.reader is not None:
                part.reader.join(timeout=1)


def _dying_with_us() -> list[str]:
    """Where the system can do it: a part never outlives a supervisor that was killed."""
    program = shutil.which("setpriv")
    return [program, "--pdeathsig", "TERM", "--"] if program else []
