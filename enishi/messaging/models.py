"""Conversations. A thread knows its members and what was said, never what it is about."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from enishi.files.models import StoredFile

from .policy import LONGEST_BODY, WAIT_ENDS


class ThreadQuerySet(models.QuerySet["Thread"]):
    def seen_by(self, account: Any) -> "ThreadQuerySet":
        return self.filter(members__account=account)


class Thread(models.Model):
    created_at = models.DateTimeField()
    last_message_at = models.DateTimeField(null=True)
    rests_since = models.DateTimeField(null=True)  # its deal is over: what is said opens no wait

    objects = ThreadQuerySet.as_manager()


class MessageQuerySet(models.QuerySet["Message"]):
    def seen_by(self, account: Any) -> "MessageQuerySet":
        return self.filter(thread__members__account=account)


class Message(models.Model):
    """Something said. Without an author it is a line of the system: a sentence's English id."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # Who wrote it, where the author is an organisation (PE3).
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    body = models.TextField()
    # Its text and the names of its files as `searching` folds them; lines of the system have none.
    looked_in = models.TextField(null=True)
    needs_no_reply = models.BooleanField(default=False, db_default=False)  # its author ticked it
    at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["thread", "-id"], name="message_of_thread")]
        constraints = [
            models.CheckConstraint(
                name="message_member_writes_for_another",
                condition=Q(member=None) | Q(author__isnull=False) & ~Q(author=models.F("member")),
            ),
            models.CheckConstraint(name="message_says_something", condition=Q(body__regex=r"\S")),
            models.CheckConstraint(
                name="message_fits",
                condition=LessThanOrEqual(Length("body"), Value(LONGEST_BODY)),
            ),
        ]


class ThreadMember(models.Model):
    """One person's view of a thread. `last_message` orders the inbox by index alone."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="members", db_index=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    last_message = models.ForeignKey(
        Message, models.PROTECT, null=True, related_name="+", db_index=False
    )
    unread = models.PositiveIntegerField(default=0)
    read_up_to = models.BigIntegerField(default=0)  # id of the newest message this person has read
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "account"], name="thread_member_once"),
            models.CheckConstraint(
                name="thread_member_unread_only_after_a_message",
                condition=Q(unread=0) | Q(last_message__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "-last_message"],
                name="thread_inbox",
                condition=Q(last_message__isnull=False),
            ),
            models.Index(
                fields=["account"],
                include=["unread"],
                name="thread_unread",
                condition=Q(unread__gt=0),
            ),
        ]


class MessageFileQuerySet(models.QuerySet["MessageFile"]):
    def seen_by(self, account: Any) -> "MessageFileQuerySet":
        return self.filter(message__thread__members__account=account)


class MessageFile(models.Model):
    """A stored file belongs to one message; whoever may read the message may fetch it."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    objects = MessageFileQuerySet.as_manager()


class WaitQuerySet(models.QuerySet["Wait"]):
    def open(self) -> "WaitQuerySet":
        return self.filter(closed_at=None)


class Wait(models.Model):
    """One member waits for an answer of another (ME3), from the first message of a run. Reply times
    are read from these rows."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="waits", db_index=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="+", db_index=False)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    answerer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=8, default="", blank=True)

    objects = WaitQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["answerer", "opened_at"],
                include=["closed_at", "closed_by"],
                name="wait_of_answerer",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "answerer"],
                name="wait_one_open_per_side",
                condition=Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="wait_is_for_the_other", condition=~Q(asker=models.F("answerer"))
            ),
            models.CheckConstraint(
                name="wait_closed_says_how",
                condition=Q(closed_at=None, closed_by="")
                | Q(closed_at__gte=models.F("opened_at"), closed_by__in=WAIT_ENDS),
            ),
        ]
