"""An act that leads somebody to a point at which they are hurt, done once more if it led nobody
there: its first answer may have been that something was killed a moment ago."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import httpx

from . import harness

AGAIN = 10.0  # seconds in which an act leads somebody to its point


class Acting:
    def __init__(self, act: Callable[[], Any]) -> None:
        self.act = act
        self._start()

    def _start(self) -> None:
        self.thread, self.began = threading.Thread(target=self._run), time.monotonic()
        self.thread.start()

    def _run(self) -> None:
        # Nobody knows what became of it when its server or its database was killed.
        with suppress(httpx.HTTPError, AssertionError):
            self.act()

    def again(self) -> bool:
        if not self.thread.is_alive() and time.monotonic() - self.began > AGAIN:
            self._start()
        return False

    def end(self) -> None:
        self.thread.join(harness.PATIENCE)
        assert not self.thread.is_alive()
