"""What the inbox and a thread show. Keyset pages, a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F, Sum
from django.db.models.functions import Left

from enishi.accounts.models import Account

from .models import Message, MessageFile, Thread, ThreadMember

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
    files: tuple[Attached, ...]


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


def inbox(account_id: int, before: int | None = None) -> Inbox:
    """The threads in which something was said, the latest first."""
    size = settings.RULES.page_size
    members = ThreadMember.objects.filter(account_id=account_id, last_message__isnull=False)
    if before is not None:
        members = members.filter(last_message_id__lt=before)
    rows = list(
        members.order_by("-last_message_id").values_list(
            "last_message_id",
            "thread_id",
            "last_message__author_id",
            Left("last_message__body", EXCERPT),
            "last_message__at",
            "unread",
        )[: size + 1]
    )
    others = _others([row[1] for row in rows[:size]], account_id)
    lines = [
        Line(thread_id, tuple(others[thread_id]), author_id, _cut(said), at, unread)
        for _, thread_id, author_id, said, at, unread in rows[:size]
    ]
    return Inbox(lines, earlier=rows[size - 1][0] if len(rows) > size else None)


def messages(thread_id: int, account: Account, before: int | None = None) -> Talk:
    """Raises DoesNotExist for whoever is not a member."""
    members = ThreadMember.objects.filter(thread_id=thread_id).annotate(name=F("account__name"))
    everyone = list(members.order_by("account_id"))
    mine = next((member for member in everyone if member.account_id == account.pk), None)
    if mine is None:
        raise Thread.DoesNotExist
    others = [member for member in everyone if member is not mine]
    slowest = min(others, key=lambda member: member.read_up_to, default=mine)

    size = settings.RULES.page_size
    said = Message.objects.filter(thread_id=thread_id)
    if before is not None:
        said = said.filter(id__lt=before)
    columns = ("id", "author_id", "author__name", "body", "at")
    rows = list(said.order_by("-id").values_list(*columns)[: size + 1])
    files = _files([row[0] for row in rows[:size]])
    page = [
        Said(pk, Person(author_id, name) if author_id else None, body, at, tuple(files[pk]))
        for pk, author_id, name, body, at in reversed(rows[:size])
    ]
    return Talk(
        thread_id=thread_id,
        others=tuple(Person(member.account_id, member.name) for member in others),
        messages=page,
        earlier=page[0].id if len(rows) > size else None,
        is_newest=before is None,
        unread=mine.unread,
        seen_id=slowest.read_up_to,
        seen_at=slowest.read_at,
    )


def unread_total(account_id: int) -> int:
    """How many messages wait for this person, over all threads."""
    waiting = ThreadMember.objects.filter(account_id=account_id, unread__gt=0)
    return waiting.aggregate(sum=Sum("unread"))["sum"] or 0


def _cut(excerpt: str) -> str:
    return excerpt if len(excerpt) < EXCERPT else f"{excerpt[:-1]}…"


def _others(thread_ids: Iterable[int], account_id: int) -> dict[int, list[Person]]:
    others: dict[int, list[Person]] = defaultdict(list)
    members = ThreadMember.objects.filter(thread_id__in=thread_ids).exclude(account_id=account_id)
    rows = members.order_by("account_id").values_list("thread_id", "account_id", "account__name")
    for thread_id, other_id, name in rows:
        others[thread_id].append(Person(other_id, name))
    return others


def _files(message_ids: Iterable[int]) -> dict[int, list[Attached]]:
    files: dict[int, list[Attached]] = defaultdict(list)
    rows = MessageFile.objects.filter(message_id__in=message_ids).order_by("id")
    columns = ("message_id", "file_id", "file__name", "file__size")
    for message_id, file_id, name, size in rows.values_list(*columns):
        files[message_id].append(Attached(file_id, name, size))
    return files
