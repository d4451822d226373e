"""Everything that is said and read. Whether a thread may still be written to is decided above."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Sum, Value, When
from django.db.models.functions import Greatest

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.files import commands as files_commands
from enishi.kit.errors import Refused

from . import policy, searching
from .models import Message, MessageFile, Thread, ThreadMember, Wait


class Uploaded(files_commands.Uploaded, Protocol):
    """What a form hands over; its size is known before its bytes are read."""

    size: int | None


@transaction.atomic
def open_thread(members: Iterable[Account | int], *, at: datetime) -> Thread:
    """A place where these people can talk."""
    ids = sorted({member if isinstance(member, int) else member.pk for member in members})
    thread = Thread.objects.create(created_at=at)
    ThreadMember.objects.bulk_create(
        ThreadMember(thread=thread, account_id=account_id) for account_id in ids
    )
    return thread


@transaction.atomic
def post(
    thread_id: int,
    *,
    by: Account,
    at: datetime,
    body: str,
    files: Iterable[Uploaded] = (),
    needs_no_reply: bool = False,
) -> Message:
    """A member says something, with or without files. The others have one more to read, and unless
    the writer asks for no reply, the clock of their answer runs (ME3)."""
    # One writer at a time: ids grow in the order of the thread, and the room for files holds.
    thread = Thread.objects.select_for_update(of=("self",)).seen_by(by).get(pk=thread_id)
    body = body.replace("\r\n", "\n").strip()
    if code := policy.fault(body):
        raise Refused.because(code, longest=policy.LONGEST_BODY)

    uploads = list(files)
    _make_room(thread, sum(upload.size or 0 for upload in uploads))
    stored = [files_commands.store(upload, by=by, at=at) for upload in uploads]
    looked_in = searching.looked_in(body, [file.name for file in stored])
    message = _add(
        thread,
        author=by,
        member=by.member,
        at=at,
        body=body,
        looked_in=looked_in,
        needs_no_reply=needs_no_reply,
    )
    for file in stored:
        MessageFile.objects.create(message=message, file=file)

    others_unread = Case(When(account=by, then=0), default=F("unread") + 1)
    members = ThreadMember.objects.filter(thread=thread)
    members.update(last_message=message, unread=others_unread)
    members.filter(account=by).update(read_up_to=message.pk, read_at=at)
    people = list(members.values_list("account_id", flat=True))
    _close(thread.pk, by.pk, at=at, how="message")
    if not needs_no_reply and thread.rests_since is None:
        _await(message, by, [other for other in people if other != by.pk])
    record("message.posted", thread, by=by, at=at, people=people, message_id=message.pk)
    return message


@transaction.atomic
def say(thread_id: int, *, at: datetime, line: str) -> Message:
    """The system notes a turn of the deal in its thread. Nobody has more to read for it."""
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    message = _add(thread, author=None, at=at, body=line)
    ThreadMember.objects.filter(thread=thread).update(last_message=message)
    return message


def answered(thread_id: int, *, by: Account, at: datetime) -> None:
    """Within a command: a side acted on the deal, which is an answer to what it was asked (ME3)."""
    _close(thread_id, by.pk, at=at, how="verb")


def rest(thread_id: int, *, at: datetime) -> None:
    """Within a command: the deal is over, and what is said from now on waits for nobody (ME3)."""
    Thread.objects.filter(pk=thread_id, rests_since=None).update(rests_since=at)
    Wait.objects.open().filter(thread=thread_id).update(
        closed_at=_not_before_it_opened(at), closed_by="over"
    )


def wake(thread_id: int) -> None:
    """Within a command: there is a deal again."""
    Thread.objects.filter(pk=thread_id, rests_since__isnull=False).update(rests_since=None)


@transaction.atomic
def need_no_reply(thread_id: int, *, by: Account, at: datetime) -> None:
    """What was said to me needs no reply: the wait is over and is not counted, if I say so in time
    (ME3)."""
    Thread.objects.seen_by(by).get(pk=thread_id)
    wait = Wait.objects.open().select_for_update().filter(thread=thread_id, answerer=by).first()
    if wait is None:
        raise Refused.because("wait.nothing_waits")
    hours = settings.RULES.reply_hours
    if at - wait.opened_at >= timedelta(hours=hours):
        raise Refused.because("wait.too_old", hours=hours)
    wait.closed_at, wait.closed_by = max(at, wait.opened_at), "no_reply"
    wait.save(update_fields=["closed_at", "closed_by"])


@transaction.atomic
def read(thread_id: int, *, by: Account, at: datetime, up_to: int | None = None) -> None:
    """A member has read the thread, up to a message or to its end; the others see it."""
    member = ThreadMember.objects.select_for_update().get(thread_id=thread_id, account=by)
    newest = member.last_message_id or 0
    up_to = newest if up_to is None else min(up_to, newest)
    if up_to <= member.read_up_to:
        return
    unread = Message.objects.filter(thread_id=thread_id, id__gt=up_to).exclude(author=None)
    member.unread = unread.exclude(author=by).count()
    member.read_up_to, member.read_at = up_to, at
    member.save(update_fields=["unread", "read_up_to", "read_at"])
    people = ThreadMember.objects.filter(thread_id=thread_id).values_list("account_id", flat=True)
    record("message.read", member.thread, by=by, at=at, people=list(people), up_to=up_to)


def _make_room(thread: Thread, added: int) -> None:
    if not added:
        return
    megabytes = settings.RULES.contract_megabytes
    held = MessageFile.objects.filter(message__thread=thread).aggregate(sum=Sum("file__size"))
    if not policy.has_room(held["sum"] or 0, added, megabytes=megabytes):
        raise Refused.because("message.thread_full", megabytes=megabytes)


def _add(thread: Thread, *, at: datetime, **said: Any) -> Message:
    thread.last_message_at = at
    thread.save(update_fields=["last_message_at"])
    return Message.objects.create(thread=thread, at=at, **said)


def _not_before_it_opened(at: datetime) -> Greatest:
    """Two requests that cross may have read the clock in the other order."""
    return Greatest(Value(at), F("opened_at"))


def _close(thread_id: int, answerer_id: int, *, at: datetime, how: str) -> None:
    waits = Wait.objects.open().filter(thread=thread_id, answerer=answerer_id)
    waits.update(closed_at=_not_before_it_opened(at), closed_by=how)


def _await(message: Message, asker: Account, answerers: Iterable[int]) -> None:
    """A run of messages opens one wait, at its first."""
    Wait.objects.bulk_create(
        [
            Wait(
                thread_id=message.thread_id,
                message=message,
                asker=asker,
                answerer_id=answerer,
                opened_at=message.at,
            )
            for answerer in answerers
        ],
        ignore_conflicts=True,
    )
