"""The conditions under which a past is walked: as fast as it can be, and heard by nobody."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connection

from enishi.events import delivery
from enishi.notifications import mailing
from enishi.payments import rehearsal


@contextmanager
def set_up() -> Iterator[None]:
    """Subscribers run in this process, nobody gets mail, and the sandbox calls nobody."""
    with ExitStack() as stack:
        stack.enter_context(delivery.in_process())
        stack.enter_context(mailing.without_mail())
        stack.enter_context(rehearsal.without_webhooks())
        stack.enter_context(_quick_commits())
        yield


@contextmanager
def _quick_commits() -> Iterator[None]:
    """Commits of this session do not wait for the disk one by one: the database writes them down
    within the second. A crash on the way leaves a half-walked past either way."""
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("reset synchronous_commit")
