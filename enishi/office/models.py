"""Acts of the office on money, decided by two treasurers (PE2); what was found when our books were
held against the provider's (M9); and groups found in the review graph (SA7)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from enishi.kit.constraints import LegalMoves, yen_in_range
from enishi.kit.waiting import Waiting, waiting_index, waits_in

from . import books
from .lifecycle import ACT, DIFFERENCE, FINDING
from .policy import KINDS

DECIDED = ("approved", "refused")


class MoneyAct(Waiting):
    """One act and the two people behind it. `amount` is what it moves, in whole yen; zero for an
    act that only stops or lets go. `facts` hold what its kind needs besides."""

    kind = models.CharField(max_length=16)
    status = models.CharField(max_length=10, default=ACT.start)
    subject_id = models.BigIntegerField()
    amount = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            yen_in_range("money_act_yen_in_range", "amount"),
            LegalMoves(name="act_moves", field="status", start=ACT.start, edges=ACT.edges),
            waits_in("act_waits_with_a_clock", ["proposed"]),
            models.CheckConstraint(name="act_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="act_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="act_amount_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="act_decided_by_another_person",
                condition=Q(status__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("proposed_by"))
                | ~Q(status__in=DECIDED) & Q(decided_by=None),
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                name="act_one_open_per_subject",
                condition=Q(status="proposed"),
            ),
        ]
        indexes = [waiting_index("act_waiting")]


class DayLimit(models.Model):
    """What treasurers have moved by hand on one Tokyo day; PostgreSQL refuses more than the limit
    of that day, however many approve at once (M10)."""

    day = models.DateField(unique=True)
    most = models.BigIntegerField()
    moved = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            yen_in_range("day_limit_yen_in_range", "most", "moved"),
            models.CheckConstraint(
                name="day_within_its_limit", condition=Q(moved__gte=0, moved__lte=F("most"))
            ),
        ]


class Reconciliation(models.Model):
    """One time that our books were held against the provider's."""

    provider = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    compared = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    held = models.BigIntegerField()  # yen that the provider holds for us
    booked = models.BigIntegerField()  # yen that should lie there by our ledger
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Difference(Waiting):
    """A difference between our books and the provider's, with what either says. `effect` is by how
    much our balance there differs because of it."""

    provider = models.CharField(max_length=16)
    kind = models.CharField(max_length=10)
    movement = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=255, blank=True)
    source = models.CharField(max_length=255, blank=True)
    status = models.CharField(max_length=6, default=DIFFERENCE.start)
    effect = models.BigIntegerField()
    ours = models.JSONField(default=dict)
    theirs = models.JSONField(default=dict)
    people = ArrayField(models.BigIntegerField())
    found_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, default="", blank=True)

    class Meta:
        constraints = [
            LegalMoves(
                name="difference_moves",
                field="status",
                start=DIFFERENCE.start,
                edges=DIFFERENCE.edges,
            ),
            waits_in("difference_waits_with_a_clock", ["open"]),
            models.CheckConstraint(name="difference_kind_known", condition=Q(kind__in=books.KINDS)),
            models.UniqueConstraint(
                fields=["provider", "kind", "movement", "reference", "source"],
                name="difference_once",
                condition=Q(status="open"),
            ),
        ]
        indexes = [waiting_index("difference_waiting")]


class Finding(Waiting):
    """People who mostly pay and praise each other, as the review graph shows them. `mark` is the
    SHA-256 of who they are; `facts` are those of `trust.rings`, as they were when it was found."""

    kind = models.CharField(max_length=4)
    status = models.CharField(max_length=9, default=FINDING.start)
    people = ArrayField(models.BigIntegerField())
    signs = ArrayField(models.CharField(max_length=10))
    facts = models.JSONField()
    mark = models.CharField(max_length=64, unique=True)
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(default="", blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            LegalMoves(
                name="finding_moves", field="status", start=FINDING.start, edges=FINDING.edges
            ),
            waits_in("finding_waits_with_a_clock", ["open"]),
            models.CheckConstraint(
                name="finding_kind_known", condition=Q(kind__in=("ring", "pair"))
            ),
            models.CheckConstraint(
                name="finding_names_two_people", condition=Q(people__len__gte=2)
            ),
            models.CheckConstraint(
                name="finding_decided_with_a_reason",
                condition=Q(
                    status="open", decided_by=None, decided_at=None, decision="", lifted_by=None
                )
                | ~Q(status="open")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="finding_lifted_with_a_reason",
                condition=Q(lifted_by=None, lifted_at=None, lift_reason="") & ~Q(status="lifted")
                | Q(status="lifted", lifted_by__isnull=False, lifted_at__isnull=False)
                & ~Q(lift_reason=""),
            ),
        ]
        indexes = [waiting_index("finding_waiting")]
