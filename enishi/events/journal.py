"""`record` writes an event and wakes those whom the wiring names."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from enishi.kit import effects, trace

from . import delivery
from .models import Event

CHANNEL = "enishi"
LONGEST_NOTIFY = 7_900
COLUMNS = (
    *("name", "at", "by_id", "member_id", "subject_kind", "subject_id", "people", "facts"),
    "trace",
)
# Row, jobs and word to the stream in one statement: each act has several events, and asking three
# times for each would take as long as the act. The function is procrastinate's own way in.
WRITE = f"""
    with written as (
        insert into {Event._meta.db_table} ({", ".join(COLUMNS)})
        values (%s, %s, %s, %s, %s, %s, %s::bigint[], %s::jsonb, %s) returning id)
    select id,
           case when %s then pg_notify('{CHANNEL}', id || ' ' || %s) end,
           procrastinate_defer_jobs_v1(array(
               select row('default', '{delivery.JOB}', 0, null, null,
                          jsonb_build_object('event_id', id, 'subscriber', subscriber),
                          null)::procrastinate_job_to_defer_v1
                 from unnest(%s::text[]) subscriber))
      from written
"""


def record(
    name: str,
    subject: Model,
    /,
    *,
    by: Model | None,
    at: datetime,
    people: Iterable[Model | int] = (),
    **facts: Any,
) -> Event:
    """Write one event inside the caller's transaction. `people` are the accounts it concerns:
    they are told, and their open pages hear of it. Facts are plain JSON values."""
    member = getattr(by, "member", None)  # who acts, where `by` is an organisation (PE3)
    concerned = sorted({p if isinstance(p, int) else p.pk for p in people})
    event = Event(
        name=name,
        at=at,
        by_id=by.pk if by else None,
        member_id=member.pk if member else None,
        subject_kind=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        people=concerned,
        facts=facts,
        trace=trace.current(),
    )
    _write(event)
    effects.happened()
    delivery.deliver(event)
    return event


def _write(event: Event) -> None:
    """The stream process is told at commit: the event's id and the accounts, never its content.
    PostgreSQL takes 8,000 bytes; what concerns more people than fit is told to everyone's page.
    A job deferred in a transaction that rolls back does not exist."""
    people = ",".join(map(str, event.people))
    told = people if len(people) < LONGEST_NOTIFY else "*"
    is_live = not delivery.is_in_process()
    later = delivery.subscribers_later(event.name) if is_live else []
    values: list[Any] = [getattr(event, name) for name in COLUMNS]
    values[COLUMNS.index("facts")] = json.dumps(event.facts)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [*values, bool(people) and is_live, told, later])
        (event.pk, *_) = cursor.fetchone()
    event._state.adding, event._state.db = False, connection.alias
