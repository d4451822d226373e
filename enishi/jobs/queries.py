"""Reads of posts: the public list, a client's own, what was asked and what was changed."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q
from django.db.models.functions import Left

from enishi.accounts.models import Account
from enishi.events.models import Event

from .models import Job, JobQuerySet, Question
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
    column, falls = ORDERS.get(wanted.sort, ORDERS["newest"])
    jobs = _matching(wanted, at)
    if key := _key(after):
        jobs = jobs.filter(_beyond(column, key, falls=falls))
    sign = "-" if falls else ""
    return _page(jobs.order_by(f"{sign}{column}", f"{sign}id"), column)


def count(wanted: Wanted, *, at: datetime) -> int:
    """How many open posts match; nobody counts further than COUNTED_MOST + 1."""
    return _matching(wanted, at).order_by()[: COUNTED_MOST + 1].count()


def posts_of(client: Account, *, statuses: tuple[str, ...], after: str = "") -> JobPage:
    """A client's own posts, the newest first, in one query."""
    jobs = Job.objects.of(client).filter(status__in=statuses)
    if key := _key(after):
        jobs = jobs.filter(pk__lt=key[1])
    return _page(jobs.order_by("-id"), "id")


def posts_by_status(client: Account) -> dict[str, int]:
    """How many posts of a client stand where, in one query."""
    rows = Job.objects.of(client).values("status").annotate(posts=Count("pk")).order_by("status")
    return {row["status"]: row["posts"] for row in rows}


def questions_of(job: Job, viewer: Any) -> list[Question]:
    """The public questions; private ones only for the two who write to each other (JO5)."""
    questions = Question.objects.filter(job=job).select_related("asker")
    if not viewer.is_authenticated:
        questions = questions.filter(is_public=True)
    elif viewer.pk != job.client_id:
        questions = questions.filter(Q(is_public=True) | Q(asker=viewer))
    return list(questions.order_by("id"))


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of an open post (JO6)."""

    at: datetime
    items: tuple[str, ...]
    was: dict[str, Any]


def edits_of(job_id: int) -> list[Edit]:
    """What was changed after the post had opened, the latest first."""
    events = Event.objects.filter(
        subject_kind="job", subject_id=str(job_id), name="job.edited"
    ).order_by("-id")
    return [
        Edit(event.at, tuple(event.facts.get("difference") or ()), event.facts.get("was") or {})
        for event in events
    ]


def _matching(wanted: Wanted, at: datetime) -> JobQuerySet:
    jobs = Job.objects.open().filter(client__is_active=True)
    for word in _words(wanted.words):
        jobs = jobs.filter(Q(title__icontains=word) | Q(description__icontains=word))
    if wanted.category:
        jobs = jobs.filter(category=wanted.category)
    if wanted.subcategory:
        jobs = jobs.filter(subcategory=wanted.subcategory)
    if wanted.price_from is not None:
        jobs = jobs.filter(budget_max__gte=wanted.price_from)
    if wanted.price_to is not None:
        jobs = jobs.filter(budget_min__lte=wanted.price_to)
    if wanted.due_within_days is not None:
        jobs = jobs.filter(due_at__lte=at + timedelta(days=wanted.due_within_days))
    return jobs


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).split()[:WORDS_MOST]


def _page(jobs: JobQuerySet, column: str) -> JobPage:
    size = settings.RULES.page_size
    rows = list(jobs.values(*PLAIN, **COLUMNS)[: size + 1])
    lines = [JobLine(**row) for row in rows[:size]]
    after = f"{_mark(getattr(lines[-1], column))}-{lines[-1].id}" if len(rows) > size else ""
    return JobPage(lines, after)


def _beyond(column: str, key: tuple[int, int], *, falls: bool) -> Q:
    """Rows that come after the last one of the page before."""
    mark, last = key
    value = mark if column == "budget_max" else EPOCH + mark * MICROSECOND
    side = "lt" if falls else "gt"
    return Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"id__{side}": last})


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
