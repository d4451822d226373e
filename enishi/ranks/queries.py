"""What pages show of ranks: one's own path with its conditions, the ranks of others, a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from enishi.contracts.models import Contract
from enishi.events.models import Event
from enishi.kit.compiled import compiled
from enishi.kit.days import day_of
from enishi.messaging import replies
from enishi.reviews.models import Review

from . import facts, forecast, policy
from .models import Standing
from .past import MORE_DAYS
from .policy import Condition, Facts

CHANGES_SHOWN = 40
SEEN = ("rank.rose", "rank.announced", "rank.kept", "rank.fell")


@dataclass(frozen=True, slots=True)
class Change:
    """One turn of a rank, newest first; `rank` is the one that held from then on."""

    name: str  # rose | announced | kept | fell
    rank: str
    at: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Path:
    """A worker's own rank, from the facts it was last computed from (RA9)."""

    rank: str
    next_rank: str | None
    since: datetime | None
    falls_at: datetime | None
    facts: Facts
    computed_at: datetime | None
    conditions: list[Condition]
    forecasts: Mapping[str, date | None]  # of the conditions that a passing day may change
    changes: list[Change]
    past: forecast.History  # a year longer than the spans

    def of(self, rank: str) -> list[Condition]:
        return [one for one in self.conditions if one.rank == rank]


def path(account_id: int, *, at: datetime) -> Path:
    """Before the first computation everything is still missing."""
    standing = Standing.objects.filter(account=account_id).first()
    known = facts.read(standing.facts) if standing and standing.facts else Facts(day=day_of(at))
    conditions = policy.conditions(known)
    open_ones = {one.name for one in conditions if not one.holds}
    past = history(account_id, at=at, more_days=MORE_DAYS)
    coming = forecast.days(past, today=day_of(at), reply_days=settings.RULES.reply_window_days)
    present = standing.rank if standing else policy.RANKS[0]
    return Path(
        rank=present,
        next_rank=policy.next_rank(present),
        since=standing.since if standing else None,
        falls_at=standing.due_at if standing else None,
        facts=known,
        computed_at=standing.computed_at if standing else None,
        conditions=conditions,
        forecasts={name: day for name, day in coming.items() if name in open_ones},
        changes=changes(standing.pk) if standing else [],
        past=past,
    )


def history(account_id: int, *, at: datetime, more_days: int = 0) -> forecast.History:
    """The dated facts of one worker that drop out of their spans with time; `more_days`: those that
    dropped out since then, too."""
    since = facts.since(day_of(at) - timedelta(days=more_days))
    deals = Contract.objects.filter(worker=account_id, agreed_at__gte=since).filter(facts.FINISHED)
    reviews = Review.objects.counted().about(account_id, "worker").filter(published_at__gte=since)
    order = ("contract__client_id", "contract__order_at")
    return forecast.History(
        deals=[
            forecast.Deal(day_of(agreed_at), (client_id, order_at), fault == "worker")
            for agreed_at, client_id, order_at, fault in deals.values_list(
                "agreed_at", "client_id", "order_at", "fault"
            )
            if agreed_at
        ],
        ratings=[
            forecast.Rating(day_of(published_at), tuple(order), overall)
            for published_at, overall, *order in reviews.values_list(
                "published_at", "overall", *order
            )
        ],
        answers=[
            forecast.Answer(day_of(asked_at), is_within)
            for asked_at, is_within in replies.answers(account_id, at=at, more_days=more_days)
        ],
    )


def changes(standing_id: int) -> list[Change]:
    """The last turns of a rank, the newest first."""
    return [
        Change(
            name.removeprefix("rank."),
            told["rank"],
            at,
            datetime.fromisoformat(told["due"]) if told.get("due") else None,
        )
        for name, at, told in _changes(str(standing_id))
    ]


@compiled
def _changes(subject_id: str) -> QuerySet[Event, Any]:
    of_standing = Event.objects.filter(subject_kind="standing", subject_id=subject_id)
    turns = of_standing.filter(name__in=list(SEEN)).order_by("-id")
    return turns.values_list("name", "at", "facts")[:CHANGES_SHOWN]


def falls_at(account_id: int) -> datetime | None:
    """When the announced fall of this worker's rank takes effect; None: none is announced."""
    return next(iter(_falls_at(account_id)), None)


@compiled
def _falls_at(account_id: int) -> QuerySet[Standing, Any]:
    falling = Standing.objects.filter(account_id=account_id, status="falling")
    return falling.values_list("due_at", flat=True)


def ranks(account_ids: Iterable[int]) -> dict[int, str]:
    """The rank of each of these, in one query; who was never computed is unranked."""
    ids = list(account_ids)
    return dict.fromkeys(ids, policy.RANKS[0]) | dict(_ranks(ids))


@compiled
def _ranks(account_ids: list[int]) -> QuerySet[Standing, Any]:
    return Standing.objects.filter(account__in=account_ids).values_list("account_id", "rank")
