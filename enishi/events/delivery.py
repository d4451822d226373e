"""How an event reaches its subscribers: some at once, in its own transaction; the rest by a job."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from enishi.kit.failpoints import failpoint

from .models import Delivery, Event

Subscriber = Callable[[Event], None]
JOB = "events.deliver"  # the task in tasks.py, which calls back into this module
FIRST = f"""
    insert into {Delivery._meta.db_table} (event_id, subscriber) values (%s, %s)
    on conflict do nothing"""
_inline: ContextVar[bool] = ContextVar("inline", default=False)


def subscribers_at_once(name: str) -> list[str]:
    return import_module(settings.WIRING).AT_ONCE.get(name, [])  # type: ignore[no-any-return]  # a table of lists of paths


def subscribers_later(name: str) -> list[str]:
    return import_module(settings.WIRING).LATER.get(name, [])  # type: ignore[no-any-return]  # a table of lists of paths


def deliver(event: Event) -> None:
    """Called by `record`, which has deferred the jobs of the others with the row itself."""
    for path in subscribers_at_once(event.name):
        import_string(path)(event)
    if is_in_process():
        for path in subscribers_later(event.name):
            _wake(event, path)


@transaction.atomic
def deliver_to(event: Event, path: str) -> bool:
    """Wake one subscriber exactly once: the Delivery row commits with its effects."""
    failpoint("events.delivering")
    is_first = _wake(event, path)
    failpoint("events.effected")
    return is_first


def _wake(event: Event, path: str) -> bool:
    """Whoever inserts the row first acts; a twin waits for that transaction and does nothing."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, [event.pk, path])
        is_first = cursor.rowcount == 1
    if is_first:
        import_string(path)(event)
    return is_first


def is_in_process() -> bool:
    """Whether a past is being simulated: then no page is open that would have to hear of it."""
    return _inline.get()


@contextmanager
def in_process() -> Iterator[None]:
    """Subscribers run inside the recording transaction instead of in the worker (simulation)."""
    token = _inline.set(True)
    try:
        yield
    finally:
        _inline.reset(token)
