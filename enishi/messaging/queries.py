"""What the inbox and a thread show. Keyset pages, a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Left, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from enishi.accounts.models import Account
from enishi.kit.compiled import compiled

from . import searching
from .models import Message, MessageFile, Thread, ThreadMember, Wait

EXCERPT = 140


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thread in the inbox."""

    thread_id: int
    others: tuple[Person, ...]
    author_id: int | None  # None: a line of the system, its excerpt is a sentence's English id
    excerpt: str
    at: datetime
    unread: int


@dataclass(frozen=True, slots=True)
class Inbox:
    lines: list[Line]
    earlier: int | None  # pass it as `before` for the next page


@dataclass(frozen=True, slots=True)
class Attached:
    id: UUID
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Said:
    id: int
    author: Person | None
    body: str
    at: datetime
    needs_no_reply: bool
    files: tuple[Attached, ...]
    member: str  # who wrote it, where the author is an organisation; "" otherwise


@dataclass(frozen=True, slots=True)
class Talk:
    """A page of a thread as one member sees it, the oldest message first."""

    thread_id: int
    others: tuple[Person, ...]
    messages: list[Said]
    earlier: int | None
    is_newest: bool
    unread: int
    seen_id: int  # the newest message that everyone else has read
    seen_at: datetime | None
    rests: bool  # its deal is over: nobody waits for an answer any more
    asked_at: datetime | None  # since when the others wait for an answer of this member


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what a search finds in a thread, the newest message first."""

    others: tuple[Person, ...]
    words: list[str]  # folded, as `searching` marks them
    messages: list[Said]
    earlier: int | None


def inbox(account_id: int, before: int | None = None) -> Inbox:
    """The threads in which something was said, the latest first."""
    size = settings.RULES.page_size
    rows = _inbox(account_id, before)
    others = _others([row[1] for row in rows[:size]], account_id)
    lines = [
        Line(thread_id, tuple(others[thread_id]), author_id, _cut(said), at, unread)
        for _, thread_id, author_id, said, at, unread in rows[:size]
    ]
    return Inbox(lines, earlier=rows[size - 1][0] if len(rows) > size else None)


@compiled
def _inbox(account_id: int, before: int | None) -> QuerySet[ThreadMember, Any]:
    members = ThreadMember.objects.filter(account_id=account_id, last_message__isnull=False)
    if before is not None:
        members = members.filter(last_message_id__lt=before)
    return members.order_by("-last_message_id").values_list(
        "last_message_id",
        "thread_id",
        "last_message__author_id",
        Left("last_message__body", EXCERPT),
        "last_message__at",
        "unread",
    )[: settings.RULES.page_size + 1]


def messages(
    thread_id: int, account: Account, before: int | None = None, *, around: int | None = None
) -> Talk:
    """The newest page, the one before a message, or the one around it. Raises DoesNotExist for
    whoever is not a member."""
    mine, others = _sides(thread_id, account)
    slowest = min(others, key=lambda member: member.read_up_to, default=mine)

    size = settings.RULES.page_size
    if around is not None:
        # Half a page of what came after it; with less than that, it is on the newest page.
        before = next(iter(_later(thread_id, around)[size // 2 :]), None)
    rows = _said(thread_id, before)
    page = _page(rows[:size])[::-1]
    return Talk(
        thread_id=thread_id,
        others=_people(others),
        messages=page,
        earlier=page[0].id if len(rows) > size else None,
        is_newest=before is None,
        unread=mine.unread,
        seen_id=slowest.read_up_to,
        seen_at=slowest.read_at,
        rests=mine.rests_since is not None,
        asked_at=mine.asked_at,
    )


def found(thread_id: int, account: Account, text: str, before: int | None = None) -> Found:
    """What people said in a thread, and the files they sent, with every word of `text` (ME1).
    Raises DoesNotExist for whoever is not a member."""
    _, others = _sides(thread_id, account)
    words = searching.words(text)
    size = settings.RULES.page_size
    rows = list(_finding(thread_id, words, before)) if words else []
    page = _page(rows[:size])
    return Found(_people(others), words, page, page[-1].id if len(rows) > size else None)


def _sides(thread_id: int, account: Account) -> tuple[Any, list[Any]]:
    everyone = _members(thread_id)
    mine = next((member for member in everyone if member.account_id == account.pk), None)
    if mine is None:
        raise Thread.DoesNotExist
    return mine, [member for member in everyone if member is not mine]


def _people(members: Iterable[Any]) -> tuple[Person, ...]:
    return tuple(Person(member.account_id, member.name) for member in members)


def _page(rows: list[Any]) -> list[Said]:
    files = _files([row[0] for row in rows])
    return [
        Said(
            pk,
            Person(author_id, name) if author_id else None,
            body,
            at,
            quiet,
            tuple(files[pk]),
            member or "",
        )
        for pk, author_id, name, body, at, quiet, member in rows
    ]


def unread_total(account_id: int) -> int:
    """How many messages wait for this person, over all threads."""
    return _unread.first(account_id) or 0


@compiled
def _unread(account_id: int) -> QuerySet[ThreadMember, Any]:
    total = Func("unread", function="sum", output_field=IntegerField())
    waiting = ThreadMember.objects.filter(account_id=account_id, unread__gt=0)
    return waiting.values_list(total, flat=True)


@compiled
def _members(thread_id: int) -> QuerySet[ThreadMember]:
    waits = Wait.objects.open().filter(thread=OuterRef("thread"), answerer=OuterRef("account"))
    members = ThreadMember.objects.filter(thread_id=thread_id).annotate(
        name=F("account__name"),
        rests_since=F("thread__rests_since"),
        asked_at=Subquery(waits.values("opened_at")[:1]),
    )
    return members.order_by("account_id")


@compiled
def _said(thread_id: int, before: int | None) -> QuerySet[Message, Any]:
    return _lines(thread_id, before)


@compiled
def _later(thread_id: int, after: int) -> QuerySet[Message, Any]:
    later = Message.objects.filter(thread_id=thread_id, id__gt=after).order_by("id")
    return later.values_list("id", flat=True)[: settings.RULES.page_size // 2 + 1]


def _finding(thread_id: int, words: list[str], before: int | None) -> QuerySet[Message, Any]:
    # A message of a program from before this column has none: it is folded as it is read.
    body = Func("body", template="NORMALIZE(%(expressions)s, NFKC)", output_field=TextField())
    text = Coalesce("looked_in", Lower(body))
    holds = [GreaterThan(StrIndex(text, Value(word)), 0) for word in words]
    return _lines(thread_id, before, *holds, author__isnull=False)


def _lines(
    thread_id: int, before: int | None, *holds: Any, **narrowing: Any
) -> QuerySet[Message, Any]:
    said = Message.objects.filter(*holds, thread_id=thread_id, **narrowing)
    if before is not None:
        said = said.filter(id__lt=before)
    columns = ("id", "author_id", "author__name", "body", "at", "needs_no_reply", "member__name")
    return said.order_by("-id").values_list(*columns)[: settings.RULES.page_size + 1]


def _cut(excerpt: str) -> str:
    return excerpt if len(excerpt) < EXCERPT else f"{excerpt[:-1]}…"


def _others(thread_ids: Iterable[int], account_id: int) -> dict[int, list[Person]]:
    others: dict[int, list[Person]] = defaultdict(list)
    for thread_id, other_id, name in _with_them(list(thread_ids), account_id):
        others[thread_id].append(Person(other_id, name))
    return others


@compiled
def _with_them(thread_ids: list[int], account_id: int) -> QuerySet[ThreadMember, Any]:
    members = ThreadMember.objects.filter(thread_id__in=thread_ids).exclude(account_id=account_id)
    return members.order_by("account_id").values_list("thread_id", "account_id", "account__name")


def _files(message_ids: Iterable[int]) -> dict[int, list[Attached]]:
    files: dict[int, list[Attached]] = defaultdict(list)
    for message_id, file_id, name, size in _attached(list(message_ids)):
        files[message_id].append(Attached(file_id, name, size))
    return files


@compiled
def _attached(message_ids: list[int]) -> QuerySet[MessageFile, Any]:
    rows = MessageFile.objects.filter(message_id__in=message_ids).order_by("id")
    return rows.values_list("message_id", "file_id", "file__name", "file__size")
