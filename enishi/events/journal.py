"""`record` writes an event and wakes those whom the wiring names."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from . import delivery
from .models import Event

CHANNEL = "enishi"
LONGEST_NOTIFY = 7_900


def record(
    name: str,
    subject: Model,
    *,
    by: Model | None,
    at: datetime,
    people: Iterable[Model | int] = (),
    **facts: Any,
) -> Event:
    """Write one event inside the caller's transaction. `people` are the accounts it concerns:
    they are told, and their open pages hear of it. Facts are plain JSON values."""
    concerned = sorted({p if isinstance(p, int) else p.pk for p in people})
    event = Event.objects.create(
        name=name,
        at=at,
        by_id=by.pk if by else None,
        subject_kind=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        people=concerned,
        facts=facts,
    )
    if concerned and not delivery.is_in_process():
        _notify(event)
    delivery.deliver(event)
    return event


def _notify(event: Event) -> None:
    """Tell the stream process at commit: the event's id and the accounts, never its content.
    PostgreSQL takes 8,000 bytes; what concerns more people than fit is told to everyone's page."""
    people = ",".join(map(str, event.people))
    payload = f"{event.pk} {people}" if len(people) < LONGEST_NOTIFY else f"{event.pk} *"
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, payload])
