"""What people were told: in the list of the page, and by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from enishi.events.models import Event


class Notice(models.Model):
    """One event in one person's list. Its words are made when it is read, in their language."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    # Told to its stand-in while its owner is away (PE3); null: the reader is concerned themself.
    organisation = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=40)  # the event's name
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "event"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="notice_of_account"),
            models.Index(
                fields=["account"], name="notice_unread", condition=Q(read_at__isnull=True)
            ),
        ]


class OutgoingMail(models.Model):
    """A mail to one address. In a live market its text is erased once it has left: links that
    open an account must not lie about."""

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(default="", blank=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(default="", blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "account"], name="mail_once_per_event"),
            models.CheckConstraint(
                name="mail_about_an_event_has_a_reader",
                condition=Q(event__isnull=True) | Q(account__isnull=False),
            ),
        ]
