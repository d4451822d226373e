"""One at a time across all processes, by a lock of the session: whoever is killed lets go of it in
the same moment, while the mark of a job that nobody runs any more has to be noticed first."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(number: int) -> Iterator[bool]:
    """Whether nobody else is inside with this number. It is not waited for. Outside of a
    transaction, since the lock outlives one."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [number])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [number])
