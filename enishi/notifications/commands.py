"""Telling people: who hears of an event, and by which way."""

from datetime import datetime

from django.db import connection, transaction

from enishi.accounts.models import Account
from enishi.events import delivery
from enishi.events.journal import CHANNEL
from enishi.events.models import Event
from enishi.messaging.models import Message, ThreadMember

from . import mailing, standing_in
from .letters import reading
from .letters.letter import knows
from .mailing import is_mailing
from .models import Notice, OutgoingMail

MESSAGE = "message.posted"


def tell(event: Event) -> None:
    """Subscriber, in the transaction of its delivery: everyone concerned, except who did it, finds
    it in their list and in a mail. What the clock did concerns all of them."""
    if not knows(event.name):
        return
    concerned = Account.objects.filter(pk__in=event.people, closed_at=None).order_by("pk")
    readers = list(concerned.exclude(pk=event.by_id) if event.by_id else concerned)
    if event.name == MESSAGE:
        _tell_of_message(event, readers)
    else:
        _list(event, readers)
        _mail(event, readers)
        standing_in.tell(event, readers)
    if not delivery.is_in_process():
        _announce(event)


def thread_read(event: Event) -> None:
    """Subscriber of `message.read` and `message.posted`: whoever reads or answers a thread has
    no notice of it left."""
    if event.by_id is None:
        return
    unread = Notice.objects.filter(account_id=event.by_id, read_at=None)
    _of_thread(unread, event).update(read_at=event.at)


@transaction.atomic
def read(*, by: Account, at: datetime, up_to: int) -> None:
    """A person has seen their list down from this notice."""
    Notice.objects.filter(account=by, read_at=None, pk__lte=up_to).update(read_at=at)


def _tell_of_message(event: Event, readers: list[Account]) -> None:
    """One notice and one mail for a thread, until it is read."""
    message = Message.objects.filter(pk=event.facts.get("message_id")).first()
    if message is None:
        return
    members = ThreadMember.objects.filter(thread_id=event.subject_id, account__in=readers)
    behind = members.filter(read_up_to__lt=message.pk).select_related("account")
    for member in behind.order_by("account_id"):
        earlier = Notice.objects.filter(account=member.account, read_at=None)
        _of_thread(earlier, event).delete()
        _list(event, [member.account])
        if not is_mailing():
            continue
        mails = OutgoingMail.objects.filter(account=member.account, event__name=MESSAGE)
        unread_mails = mails.filter(
            event__subject_id=event.subject_id, event__facts__message_id__gt=member.read_up_to
        )
        if not unread_mails.exists():
            _mail(event, [member.account], text=mailing.excerpt(message.body))
            standing_in.mail(event, [member.account], text=mailing.excerpt(message.body))


def _of_thread(notices, event: Event):  # type: ignore[no-untyped-def]  # a query set in, the same out
    return notices.filter(kind=MESSAGE, event__subject_id=event.subject_id)


def _list(event: Event, readers: list[Account]) -> None:
    Notice.objects.bulk_create(
        [Notice(account=one, event=event, kind=event.name, at=event.at) for one in readers],
        ignore_conflicts=True,
    )


def _announce(event: Event) -> None:
    """Open pages heard of the event when it happened; now there is a notice to count as well.
    The same words as the journal's, so that in one transaction they are said once."""
    with connection.cursor() as cursor:
        payload = f"{event.pk} {','.join(map(str, event.people))}"
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, payload])


def _mail(event: Event, readers: list[Account], **more: str) -> None:
    if not is_mailing() or not readers:
        return
    names = reading.names_of([event])
    facts = {**reading.deals_of([event]).get(event.pk, {}), **more}
    for reader in readers:
        letter = reading.letter_for(event, reader, names=names, language=reader.language, **facts)
        mailing.write(letter, to=reader, event=event)
