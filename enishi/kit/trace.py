"""One number per request and per job: it stands in the logs, in the journal and on the error page.

It is made here, and taken over only from a proxy that the operator declared.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # none that the ear or the eye takes for another
LONGEST = 36  # so that a proxy's own number fits, a UUID for example
SHAPE = rf"^[0-9a-z-]{{8,{LONGEST}}}$"  # also a constraint of the journal
HEADER = "X-Request-Id"

_current: ContextVar[str] = ContextVar("trace", default="")


def fresh() -> str:
    """Twelve letters in threes of four, as one would say them on the telephone."""
    # 256 is a multiple of their number, so each is as likely as the others.
    drawn = "".join(LETTERS[byte % len(LETTERS)] for byte in secrets.token_bytes(12))
    return f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def current() -> str:
    """The number of what is being done now; empty outside of any request or job."""
    return _current.get()


@contextmanager
def begun(given: str = "") -> Iterator[str]:
    """A request or a job begins, with a number of its own or, if its shape is good, a given one."""
    number = given.lower() if re.fullmatch(SHAPE, given.lower()) else fresh()
    token = _current.set(number)
    try:
        yield number
    finally:
        _current.reset(token)


def take_up(number: str) -> None:
    """From here on, the present job belongs to the act that caused it."""
    if number:
        _current.set(number)
