"""What people report to the office, and how it was decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from enishi.contracts.models import Contract
from enishi.kit.constraints import LegalMoves
from enishi.kit.waiting import Waiting, waiting_index, waits_in
from enishi.messaging.models import Thread
from enishi.reviews.models import Review

from .lifecycle import REPORT
from .policy import DECIDED, KINDS


class Report(Waiting):
    """`by` tells the office about `about`: what was said stands in their thread; the contract and
    the review are there where it is about one. `text` and the evidence are for the office alone,
    the decision is read by both."""

    kind = models.CharField(max_length=12)
    status = models.CharField(max_length=10, default=REPORT.start)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    reported_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            LegalMoves(name="report_moves", field="status", start=REPORT.start, edges=REPORT.edges),
            waits_in("report_waits_with_a_clock", ["open"]),
            models.CheckConstraint(name="report_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="report_is_about_another", condition=~Q(by=F("about"))),
            models.CheckConstraint(name="report_says_something", condition=Q(text__regex=r"\S")),
            models.CheckConstraint(
                name="report_decided_by_somebody_else",
                condition=Q(status__in=DECIDED, decided_at__isnull=False)
                & Q(decided_by__isnull=False, decision__regex=r"\S")
                & ~Q(decided_by=F("by"))
                & ~Q(decided_by=F("about"))
                | ~Q(status__in=DECIDED) & Q(decided_by=None, decided_at=None),
            ),
            models.UniqueConstraint(
                fields=["by", "thread"],
                name="report_one_open_per_thread",
                condition=Q(status="open"),
            ),
        ]
        indexes = [waiting_index("report_waiting")]
