"""The journal: what happened, who did it, whom it concerns. Audit log, timeline and outbox."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from enishi.kit import trace
from enishi.kit.constraints import AppendOnly


class Event(models.Model):
    """One fact, written in the transaction of the act itself."""

    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(
        null=True
    )  # the account that acted; null: the clock or the office
    member_id = models.BigIntegerField(null=True)  # who did it, where `by_id` is an organisation
    subject_kind = models.CharField(max_length=24)
    subject_id = models.CharField(max_length=36)
    people = ArrayField(models.BigIntegerField(), default=list)
    facts = models.JSONField(default=dict)
    # The request or job that wrote it, as its log lines name it; empty before this was kept.
    trace = models.CharField(max_length=trace.LONGEST, default="", db_default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_by_subject"),
            GinIndex(fields=["people"], name="event_by_person"),
            models.Index(
                fields=["at"], name="event_report_decided", condition=Q(name="report.decided")
            ),
        ]
        constraints = [
            AppendOnly(name="event_append_only"),
            models.CheckConstraint(
                name="event_member_acts_for_an_account",
                condition=Q(member_id=None) | Q(by_id__isnull=False) & ~Q(by_id=F("member_id")),
            ),
            models.CheckConstraint(
                name="event_trace_shape", condition=Q(trace="") | Q(trace__regex=trace.SHAPE)
            ),
        ]


class Delivery(models.Model):
    """A subscriber has seen an event: its effects stand in the same transaction as this row."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="+", db_index=False)
    subscriber = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="delivery_once"),
            AppendOnly(name="delivery_append_only"),
        ]
