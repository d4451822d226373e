"""Who wants to know, in the same transaction, that an act took effect: the page that sent it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_listening: ContextVar[Callable[[], None] | None] = ContextVar("listening", default=None)


def happened() -> None:
    """Said by the journal with each event."""
    if note := _listening.get():
        note()


@contextmanager
def heard(note: Callable[[], None]) -> Iterator[None]:
    """Inside, `note` is called whenever something happens, in the transaction of what happens."""
    token = _listening.set(note)
    try:
        yield
    finally:
        _listening.reset(token)
