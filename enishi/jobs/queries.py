"""Reads of posts: the public list, a client's own, what was asked and what was changed."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Left

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.kit.compiled import compiled
from enishi.kit.days import day_of

from .models import AddressView, Job, JobQuerySet, Question
from .policy import SORTS

COUNTED_MOST = 1000
BRIEF = 180
WORDS_MOST = 5
LONGEST_MARK = 17  # digits of a keyset: within a bigint and within the calendar
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for. Empty values do not narrow."""

    words: str = ""
    category: str = ""
    subcategory: str = ""
    price_from: int | None = None
    price_to: int | None = None
    due_within_days: int | None = None
    sort: str = "newest"


@dataclass(frozen=True, slots=True)
class JobLine:
    """One post in a list."""

    id: int
    status: str
    title: str
    subcategory: str
    brief: str
    pricing: str
    budget_min: int
    budget_max: int
    unit: str
    unit_price: Decimal | None
    quantity: int | None
    expected_hours: Decimal | None
    headcount: int
    continuing: bool
    applicants: int
    client_id: int
    client_name: str
    created_at: datetime
    opened_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobPage:
    lines: list[JobLine]
    after: str  # the keyset of the next page, "" on the last one


COLUMNS = {
    "brief": Left("description", BRIEF),
    "client_name": F("client__name"),
}
PLAIN = [name for name in JobLine.__slots__ if name not in COLUMNS]
# sort → (the column it goes by, whether it falls)
ORDERS = {
    "newest": ("opened_at", True),
    "deadline": ("due_at", False),
    "price": ("budget_max", True),
}
assert set(ORDERS) == set(SORTS)


def found(wanted: Wanted, *, at: datetime, after: str = "") -> JobPage:
    """A page of open posts, in one query."""
    sort = wanted.sort if wanted.sort in ORDERS else "newest"
    column, _ = ORDERS[sort]
    asked = (*_conditions(wanted, at), *_beyond(after, column))
    if words := _words(wanted.words):
        return _cut(list(_listed(sort, words, *asked)), column)
    return _cut(LISTED[sort](*asked), column)


def count(wanted: Wanted, *, at: datetime) -> int:
    """How many open posts match; nobody counts further than COUNTED_MOST + 1."""
    if words := _words(wanted.words):
        return _matching(words, *_conditions(wanted, at))[: COUNTED_MOST + 1].count()
    return COUNTED.count(*_conditions(wanted, at))


def posts_of(client: Account, *, statuses: tuple[str, ...], after: str = "") -> JobPage:
    """A client's own posts, the newest first, in one query."""
    jobs = Job.objects.of(client).filter(status__in=statuses)
    if key := _key(after):
        jobs = jobs.filter(pk__lt=key[1])
    return _cut(list(_lines(jobs.order_by("-id"))), "id")


def posts_by_status(client: Account) -> dict[str, int]:
    """How many posts of a client stand where, in one query."""
    rows = Job.objects.of(client).values("status").annotate(posts=Count("pk")).order_by("status")
    return {row["status"]: row["posts"] for row in rows}


def seen_by(viewer: Any, job_id: int) -> Job:
    """A post with its client; raises DoesNotExist for whoever may not read it."""
    if not viewer.is_authenticated:
        return cast("Job", _public.get(job_id))
    return cast("Job", _readable.get(job_id, viewer.pk))


@compiled
def _public(job_id: int) -> QuerySet[Job]:
    return Job.objects.seen_by(AnonymousUser()).select_related("client").filter(pk=job_id)


@compiled
def _readable(job_id: int, viewer_id: int) -> QuerySet[Job]:
    seen = Job.objects.seen_by(Account(pk=viewer_id)).select_related("client")
    return seen.filter(pk=job_id)


def was_shown_address(job: Job, viewer: Account, *, at: datetime) -> bool:
    """Whether today's look at the recruiter's address is on record, or is the recruiter's own."""
    return job.client_id == viewer.pk or _looks.count(job.pk, viewer.pk, day_of(at)) > 0


@compiled
def _looks(job_id: int, viewer_id: int, on: date) -> QuerySet[AddressView, Any]:
    return AddressView.objects.filter(job_id=job_id, viewer_id=viewer_id, on=on).values("pk")


def questions_of(job: Job, viewer: Any) -> list[Question]:
    """The public questions; private ones only for the two who write to each other (JO5)."""
    if not viewer.is_authenticated:
        return _public_questions(job.pk)
    if viewer.pk != job.client_id:
        return _readable_questions(job.pk, viewer.pk)
    return _all_questions(job.pk)


@compiled
def _all_questions(job_id: int) -> QuerySet[Question]:
    return Question.objects.filter(job_id=job_id).select_related("asker").order_by("id")


@compiled
def _public_questions(job_id: int) -> QuerySet[Question]:
    return _all_questions.query_set(job_id).filter(is_public=True)


@compiled
def _readable_questions(job_id: int, viewer_id: int) -> QuerySet[Question]:
    return _all_questions.query_set(job_id).filter(Q(is_public=True) | Q(asker_id=viewer_id))


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of an open post (JO6)."""

    at: datetime
    items: tuple[str, ...]
    was: dict[str, Any]


def edits_of(job_id: int) -> list[Edit]:
    """What was changed after the post had opened, the latest first."""
    return [
        Edit(event.at, tuple(event.facts.get("difference") or ()), event.facts.get("was") or {})
        for event in _edits(str(job_id))
    ]


@compiled
def _edits(job_id: str) -> QuerySet[Event]:
    about = Event.objects.filter(subject_kind="job", subject_id=job_id, name="job.edited")
    return about.order_by("-id")


def _conditions(wanted: Wanted, at: datetime) -> tuple[Any, ...]:
    """What narrows besides words, None where nothing does."""
    within = wanted.due_within_days
    return (
        wanted.category or None,
        wanted.subcategory or None,
        wanted.price_from,
        wanted.price_to,
        None if within is None else at + timedelta(days=within),
    )


def _matching(
    words: list[str],
    category: str | None,
    subcategory: str | None,
    price_from: int | None,
    price_to: int | None,
    due_by: datetime | None,
) -> JobQuerySet:
    jobs = Job.objects.open().filter(client__is_active=True)
    for word in words:
        jobs = jobs.filter(Q(title__icontains=word) | Q(description__icontains=word))
    narrowing = {
        "category": category,
        "subcategory": subcategory,
        "budget_max__gte": price_from,
        "budget_min__lte": price_to,
        "due_at__lte": due_by,
    }
    return jobs.filter(**{name: value for name, value in narrowing.items() if value is not None})


def _listed(sort: str, words: list[str], *asked: Any) -> QuerySet[Job, dict[str, Any]]:
    """One page of matching posts and one more, after the keyset that ends `asked`."""
    *conditions, mark, last = asked
    column, falls = ORDERS[sort]
    jobs = _matching(words, *conditions)
    if mark is not None:
        side = "lt" if falls else "gt"
        beyond = Q(**{f"{column}__{side}": mark}) | Q(**{column: mark, f"id__{side}": last})
        jobs = jobs.filter(beyond)
    sign = "-" if falls else ""
    return _lines(jobs.order_by(f"{sign}{column}", f"{sign}id"))


def _counted(*conditions: Any) -> QuerySet[Job, Any]:
    return _matching([], *conditions).values("pk")[: COUNTED_MOST + 1]


LISTED = {sort: compiled(partial(_listed, sort, [])) for sort in ORDERS}
COUNTED = compiled(_counted)


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).split()[:WORDS_MOST]


def _lines(jobs: JobQuerySet) -> QuerySet[Job, dict[str, Any]]:
    lines: QuerySet[Job, dict[str, Any]] = jobs.values(*PLAIN, **COLUMNS)
    return lines[: settings.RULES.page_size + 1]


def _cut(rows: list[dict[str, Any]], column: str) -> JobPage:
    size = settings.RULES.page_size
    lines = [JobLine(**row) for row in rows[:size]]
    after = f"{_mark(getattr(lines[-1], column))}-{lines[-1].id}" if len(rows) > size else ""
    return JobPage(lines, after)


def _beyond(after: str, column: str) -> tuple[Any, Any]:
    """Column and id of the last row of the page before, as they stand in the database."""
    mark, last = _key(after) or (None, None)
    if mark is None or column == "budget_max":
        return mark, last
    return EPOCH + mark * MICROSECOND, last


def _mark(value: Any) -> int:
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else int(value)


def _key(after: str) -> tuple[int, int] | None:
    """The keyset of a page, or None for the first page and for anything that is no keyset."""
    mark, _, last = after.partition("-")
    if not (mark.isascii() and mark.isdigit() and last.isascii() and last.isdigit()):
        return None
    if len(mark) > LONGEST_MARK or len(last) > LONGEST_MARK:
        return None
    return int(mark), int(last)
