"""Django's PostgreSQL for pages: nobody waits for a server that has stopped (L5).

A killed server is noticed at once. One that is only stopped keeps its connections open and answers
nothing, its own time-outs included: then the waiting ends here, and for a moment nobody asks again,
so that a queue of requests is not made to wait one after the other.
"""

import select
import time
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.errors import _WaitTimeout

from enishi.kit import patience

REST = 1.0  # seconds after a failure in which the next one is taken for granted
NO_ANSWER = "the database does not answer"

_rests_until = float("-inf")


def _rest() -> None:
    global _rests_until
    _rests_until = time.monotonic() + REST


class Connection(psycopg.Connection[Any]):
    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout or patience.ours().answer or None)
        except _WaitTimeout:
            # An answer that came later would be taken for that of the next question.
            self.pgconn.finish()
            _rest()
            raise psycopg.OperationalError(NO_ANSWER) from None


class DatabaseWrapper(base.DatabaseWrapper):
    Database: Any = SimpleNamespace(**vars(psycopg) | {"connect": Connection.connect})

    def is_usable(self) -> bool:
        """A server that is gone has closed its end, and one that ended this session has said so:
        either can be read. Where there is nothing to read, nobody need be asked."""
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()  # unlike select(), it takes a number above 1023
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0) or super().is_usable()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if time.monotonic() < _rests_until:
            raise psycopg.OperationalError(NO_ANSWER)
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            _rest()
            raise
