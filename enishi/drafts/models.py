"""What a person has typed into a form and not sent, which nobody else ever reads; and which forms
were sent and had their effect, which says nothing of what was typed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Length
from django.db.models.lookups import LessThanOrEqual

from .policy import KINDS, LETTERS_MOST

LED_TO = 500  # letters of an address
PLACE = rf"^({'|'.join(KINDS)})-([0-9]{{1,18}}|new|worker|client)$"


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, account: Any) -> "DraftQuerySet":
        return self.filter(account=account)


class Draft(models.Model):
    """One for each form of an account. `version` tells two windows apart that write in it."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    place = models.CharField(max_length=40)
    boxes = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "place"], name="draft_once_for_each_form"),
            models.CheckConstraint(name="draft_place_known", condition=Q(place__regex=PLACE)),
            models.CheckConstraint(
                name="draft_fits",
                # Names, quotes and escapes come on top of the letters.
                condition=LessThanOrEqual(
                    Length(Cast("boxes", models.TextField())), Value(LETTERS_MOST * 3)
                ),
            ),
        ]


class SentForm(models.Model):
    """A form that was sent and had its effect. `key` is the hash of its sender, its address and the
    token of the page it stood on; `led_to` is empty when the answer was cut off."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.BinaryField(max_length=32, unique=True)
    content = models.BinaryField(max_length=32)
    led_to = models.CharField(max_length=LED_TO, default="", blank=True)
    sent_at = models.DateTimeField(db_index=True)
