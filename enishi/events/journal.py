"""`record` writes an event and wakes those whom the wiring names."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from . import delivery
from .models import Event

CHANNEL = "enishi"


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
    if concerned:
        _notify(event)
    delivery.deliver(event)
    return event


def _notify(event: Event) -> None:
    """Tell the stream process at commit: the event's id and the accounts, never its content."""
    with connection.cursor() as cursor:
        payload = f"{event.pk} {','.join(map(str, event.people))}"
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, payload])
