"""What is going to happen, in the order of its time. The market's past is walked through it."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

Act = Callable[[datetime], None]


class Calendar:
    """A heap of acts. Two acts of the same instant happen in the order of their entry, so that
    the same entries always give the same past."""

    def __init__(self, *, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end
        self._acts: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def enter(self, at: datetime, act: Act) -> None:
        """An act after the end stays in the future: nobody will see it."""
        heapq.heappush(self._acts, (at, next(self._order), act))

    def __iter__(self) -> "Calendar":
        return self

    def __next__(self) -> tuple[datetime, Act]:
        if not self._acts or self._acts[0][0] > self.end:
            raise StopIteration
        at, _, act = heapq.heappop(self._acts)
        return at, act
