"""Two acts at once must end as if one had come after the other: the oracle of every race."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connections

from enishi.kit.errors import Refused

Act = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each act was answered, and what the world looks like afterwards."""

    answers: tuple[str, ...]
    world: tuple[Any, ...]


def answer(act: Act, thing: Any) -> str:
    """`done`, or how it was refused. Anything else (a deadlock, say) is a fault."""
    try:
        act(thing)
    except Refused as refusal:
        return refusal.code
    except ObjectDoesNotExist as missing:
        return type(missing).__qualname__
    except Exception as fault:
        return f"fault: {fault!r}"
    return "done"


class Pair:
    """Two threads, each with a connection of its own, that start an act at the same instant."""

    def __init__(self) -> None:
        self.barrier = threading.Barrier(2)
        self.doors = [SimpleQueue[tuple[Act, Any] | None]() for _ in range(2)]
        self.answers = [SimpleQueue[str]() for _ in range(2)]
        self.threads = [threading.Thread(target=self._work, args=[n]) for n in range(2)]
        for thread in self.threads:
            thread.start()

    def race(self, first: Act, second: Act, thing: Any) -> tuple[str, str]:
        for door, act in zip(self.doors, (first, second), strict=True):
            door.put((act, thing))
        one, other = (answers.get() for answers in self.answers)
        return one, other

    def close(self) -> None:
        for door in self.doors:
            door.put(None)
        for thread in self.threads:
            thread.join()

    def _work(self, number: int) -> None:
        while (task := self.doors[number].get()) is not None:
            self.barrier.wait()
            self.answers[number].put(answer(*task))
        connections.close_all()


@contextmanager
def pair() -> Iterator[Pair]:
    two = Pair()
    try:
        yield two
    finally:
        two.close()


def serial(first: Act, second: Act, make: Callable[[], Any], look: Callable[[Any], Any]):
    """Both orders, one after the other, each on a thing of its own."""
    outcomes = []
    for turned in (False, True):
        thing = make()
        answers = [answer(act, thing) for act in ((second, first) if turned else (first, second))]
        outcomes.append(Outcome(tuple(reversed(answers) if turned else answers), look(thing)))
    return outcomes


def faults(outcomes: list[Outcome]) -> Counter[str]:
    return Counter(a for outcome in outcomes for a in outcome.answers if a.startswith("fault"))
