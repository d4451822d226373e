"""Keeping the facts of people: of those whom something happened to, and of all once a day (SA5)."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.reviews import site, spoken

from . import gathering, market
from .models import PersonFacts
from .signals import SIDES

AT_A_TIME = 1_000
KEEP = f"""
    update {PersonFacts._meta.db_table} kept set facts = told.facts::jsonb, computed_at = %(at)s
      from unnest(%(accounts)s::bigint[], %(sides)s::text[], %(facts)s::text[])
           told (account_id, side, facts)
     where kept.account_id = told.account_id and kept.side = told.side
"""


@transaction.atomic
def keep(account_ids: Sequence[int], *, at: datetime) -> None:
    """Gather and keep both sides of these people. Twins of this command wait for each other, and
    whoever comes later reads what the other has seen and more."""
    # A job that comes late must not put back what a later one has kept.
    now = max([at, *_locked(account_ids, at=at)])
    spoken.catch_up(account_ids)
    gathered = gathering.gather(account_ids, at=now)
    values: dict[str, Any] = {
        "at": now,
        "accounts": [account_id for account_id, _ in gathered],
        "sides": [side for _, side in gathered],
        "facts": [json.dumps(gathering.stored(facts)) for facts in gathered.values()],
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, values)


def _locked(account_ids: Sequence[int], *, at: datetime) -> list[datetime]:
    """When each row of these people was kept last; rows are made where there are none yet."""
    rows = PersonFacts.objects.select_for_update().filter(account__in=account_ids)
    held = rows.order_by("account_id", "side").values_list("account_id", "side", "computed_at")
    found = {(account_id, side): kept_at for account_id, side, kept_at in held}
    wanted = [(account_id, side) for account_id in sorted(account_ids) for side in SIDES]
    if missing := [key for key in wanted if key not in found]:
        PersonFacts.objects.bulk_create(
            [PersonFacts(account_id=pk, side=side, computed_at=at) for pk, side in missing],
            ignore_conflicts=True,
        )
        return [kept_at for *_, kept_at in held.all()]
    return list(found.values())


def keep_all(*, at: datetime, told: Callable[[int], None] = lambda done: None) -> int:
    """Everyone's facts, some hundreds in each transaction, the site's mean of ratings, and the
    prices of the market. `told` hears how many people are done. Returns how many there are."""
    done = 0
    for ids in _everyone():
        keep(ids, at=at)
        done += len(ids)
        told(done)
    site.keep(at=at)
    market.refresh(at=at)
    return done


def follow(event: Event) -> None:
    """Something happened that facts are made of: whom it concerns is gathered anew."""
    sides = (event.facts.get(name) for name in ("client_id", "worker_id"))
    people = {event.by_id, *event.people, *sides}
    known = Account.objects.filter(pk__in=[pk for pk in people if pk], office_grade="")
    if ids := list(known.order_by("pk").values_list("pk", flat=True)):
        keep(ids, at=event.at)


def _everyone() -> Iterator[list[int]]:
    """Every account whose page is open, by ids."""
    last = 0
    while True:
        found = Account.objects.filter(pk__gt=last, office_grade="", is_active=True)
        ids = list(found.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])
        if not ids:
            return
        yield ids
        last = ids[-1]
