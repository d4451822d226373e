"""Computing ranks: for one worker when something changed, for all once a day (RA8, RA10)."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.events import delivery
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.kit.days import day_of, days_after, end_of_day

from . import clocks, earnings, facts, policy
from .lifecycle import STANDING
from .models import Standing
from .policy import RANKS, Facts

AT_A_TIME = 2_000
NEW = (RANKS[0], STANDING.start)  # where everybody begins
# What a job has computed meanwhile, from later facts, stays.
KEEP = f"""
    insert into {Standing._meta.db_table} as kept
           (account_id, rank, status, since, facts, computed_at)
    select account_id, '{NEW[0]}', '{NEW[1]}', %(at)s, facts::jsonb, %(at)s
      from unnest(%(accounts)s::bigint[], %(facts)s::text[]) told (account_id, facts)
        on conflict (account_id) do update
       set facts = excluded.facts, computed_at = excluded.computed_at
     where kept.computed_at <= excluded.computed_at
"""


@transaction.atomic
def compute(account_id: int, *, at: datetime) -> Standing:
    """Where this worker stands now. Up at once; down after a notice of 14 days (RA8)."""
    return compute_some([account_id], at=at)[account_id]


@transaction.atomic
def compute_some(account_ids: Sequence[int], *, at: datetime) -> dict[int, Standing]:
    """The same of a few workers whom one event concerns."""
    standings = _locked(account_ids, at=at)
    _refresh_earnings(account_ids, at=at)
    gathered = facts.gather(account_ids, at=at)
    for account_id, standing in standings.items():
        _settle(standing, gathered[account_id], at=at)
    return standings


def compute_all(*, at: datetime, told: Callable[[int], None] = lambda done: None) -> int:
    """Everyone's, some thousands in each transaction. `told` hears how many are done. Returns how
    many there are."""
    _refresh_earnings(None, at=at)
    places, done = earnings.places(None), 0
    for ids in _everyone():
        _compute_many(ids, places, at=at)
        done += len(ids)
        told(done)
    return done


def follow(event: Event) -> None:
    """Something happened that facts are made of: whom it concerns is computed anew. While a past is
    walked, everyone is computed from time to time instead."""
    _compute_those({event.by_id, *event.people, event.facts.get("worker_id")}, at=event.at)


def follow_writer(event: Event) -> None:
    """A message answers what its writer was asked; of its readers no fact changes."""
    _compute_those({event.by_id}, at=event.at)


def _compute_those(people: set[int | None], *, at: datetime) -> None:
    if delivery.is_in_process():
        return
    known = Account.objects.filter(pk__in=[pk for pk in people if pk], office_grade="")
    if ids := list(known.order_by("pk").values_list("pk", flat=True)):
        compute_some(ids, at=at)


@transaction.atomic
def tick(standing_id: int, *, at: datetime) -> None:
    """The day has come on which an announced fall takes effect, unless leave came between."""
    standing = Standing.objects.select_for_update().get(pk=standing_id)
    account_id = standing.account_id
    if standing.status != "falling" or standing.next_at is None or standing.next_at > at:
        return
    _refresh_earnings([account_id], at=at)
    _settle(standing, facts.gather([account_id], at=at)[account_id], at=at)


@transaction.atomic
def _compute_many(
    ids: Sequence[int], places: Mapping[int, earnings.Place], *, at: datetime
) -> None:
    """Most ranks do not move: of them only the facts are kept, in one statement."""
    gathered = facts.gather(ids, at=at, places=places)
    known = Standing.objects.filter(account__in=ids).values_list("account_id", "rank", "status")
    held = {account_id: (rank, status) for account_id, rank, status in known}
    moving = {pk for pk in ids if held.get(pk, NEW) != (policy.rank(gathered[pk]), STANDING.start)}
    for pk, standing in _locked(list(moving), at=at).items():
        _settle(standing, gathered[pk], at=at)
    still = {pk: json.dumps(facts.stored(gathered[pk])) for pk in ids if pk not in moving}
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"accounts": list(still), "facts": list(still.values()), "at": at}
        cursor.execute(KEEP, values)


def _settle(standing: Standing, known: Facts, *, at: datetime) -> None:
    """On a locked standing: where these facts lead it."""
    standing.facts, standing.computed_at = facts.stored(known), at
    reached = policy.rank(known)
    if policy.above(reached, standing.rank):
        _keep(standing, at=at, is_told=False)
        _move(standing, reached, at=at)
        _note("rank.rose", standing, at=at, rule=standing.rank)
    elif reached == standing.rank:
        _keep(standing, at=at)
    elif policy.falls_at_once(known):
        _keep(standing, at=at, is_told=False)
        _fall(standing, reached, at=at)
    elif standing.status == "steady":
        _announce(standing, known, at=at)
    elif _is_due(standing, at=at):
        standing.status = STANDING.after(standing.status, "fall")
        standing.stop_waiting()
        _fall(standing, policy.one_lower(standing.rank), at=at)
        if policy.above(standing.rank, reached):
            _announce(standing, known, at=at)
    standing.save()


def _move(standing: Standing, rank: str, *, at: datetime) -> None:
    standing.rank, standing.since = rank, at


def _fall(standing: Standing, rank: str, *, at: datetime) -> None:
    _move(standing, rank, at=at)
    standing.fell_at = at
    _note("rank.fell", standing, at=at, rule=standing.rank)


def _keep(standing: Standing, *, at: datetime, is_told: bool = True) -> None:
    if standing.status != "falling":
        return
    standing.status = STANDING.after(standing.status, "keep")
    standing.stop_waiting()
    if is_told:
        _note("rank.kept", standing, at=at)


def _announce(standing: Standing, known: Facts, *, at: datetime) -> None:
    """Nothing is announced during a leave: it freezes falls. The letter names the first condition
    that does not hold; the page names all."""
    if accounts.away_until(standing.account_id, at=at):
        return
    standing.status = STANDING.after(standing.status, "announce")
    due = days_after(at, settings.RULES.rank_notice_days)
    if standing.fell_at:
        due = max(due, days_after(standing.fell_at, settings.RULES.rank_step_days))
    standing.wait(clocks.falling(settings.RULES), since=at, due=due)
    first = policy.lacking(known, standing.rank)[0].name
    limit = policy.LIMITS.get(first, "")
    _note("rank.announced", standing, at=at, rule=first, limit=limit)


def _is_due(standing: Standing, *, at: datetime) -> bool:
    """The days of leave since the notice are added to it. Moves the clock where it is not due."""
    assert standing.waiting_since is not None
    assert standing.due_at is not None
    if standing.due_at > at:
        return False
    first, last = day_of(standing.waiting_since), day_of(at)
    away = accounts.leave_days_between(standing.account_id, first + timedelta(days=1), last)
    planned = days_after(standing.waiting_since, settings.RULES.rank_notice_days)
    if standing.fell_at:
        planned = max(planned, days_after(standing.fell_at, settings.RULES.rank_step_days))
    due = end_of_day(day_of(planned) + timedelta(days=away - 1))
    if due <= at:
        return True
    since = standing.waiting_since
    standing.wait(clocks.falling(settings.RULES), since=since, due=due)
    standing.next_at = due
    return False


def _note(name: str, standing: Standing, *, at: datetime, rule: str = "", **more: str) -> None:
    """With the facts it was computed from (RA10). `rule` chooses the words of the letter."""
    told: dict[str, Any] = {"rank": standing.rank, "inputs": standing.facts, "rule": rule} | more
    if standing.due_at:
        told["due"] = standing.due_at.isoformat()
    record(name, standing, by=None, at=at, people=[standing.account_id], **told)


def _locked(ids: Sequence[int], *, at: datetime) -> dict[int, Standing]:
    """In the order of their ids, made where there is none yet."""
    held = Standing.objects.select_for_update().filter(account__in=ids).order_by("account_id")
    found = {one.account_id: one for one in held}
    if missing := sorted(set(ids) - set(found)):
        Standing.objects.bulk_create(
            [Standing(account_id=pk, since=at, computed_at=at) for pk in missing],
            ignore_conflicts=True,
        )
        found = {one.account_id: one for one in held.all()}
    return found


def _refresh_earnings(ids: Sequence[int] | None, *, at: datetime) -> None:
    earnings.refresh(ids, since=facts.since(day_of(at)), at=at)


def _everyone() -> Iterator[list[int]]:
    """Every account that may be a worker, by ids."""
    last = 0
    while True:
        found = Account.objects.filter(pk__gt=last, office_grade="", closed_at=None)
        ids = list(found.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME])
        if not ids:
            return
        yield ids
        last = ids[-1]
