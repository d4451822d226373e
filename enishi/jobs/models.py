"""What is wanted: a post, its public questions, and who looked at the client's address."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from enishi.kit.constraints import AppendOnly, LegalMoves, yen_in_range
from enishi.kit.waiting import Waiting, waiting_index, waits_in

from .lifecycle import JOB
from .policy import AI_USE, AUDIENCES, CONFIDENTIALITY, PRICINGS, RIGHTS, PlannedMilestone, Terms

PLAIN_TERMS = (
    *("title", "subcategory", "description", "deliverables", "acceptance", "pricing"),
    *("budget_min", "budget_max", "unit", "unit_price", "quantity", "expected_hours"),
    *("headcount", "apply_by", "delivery_on", "place", "address", "rights", "rights_note"),
    *("confidentiality", "confidentiality_note", "ai_use", "ai_use_note", "audience"),
    *("continuing", "revision_rounds", "stop_after", "stop_at_good"),
)


class JobQuerySet(models.QuerySet["Job"]):
    def seen_by(self, account: Any) -> "JobQuerySet":
        """Posts that were ever opened are public; drafts belong to their client (PE7)."""
        public = Q(opened_at__isnull=False)
        if not account.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(client=account)).exclude(status="discarded")

    def open(self) -> "JobQuerySet":
        return self.filter(status="open")

    def of(self, client: Any) -> "JobQuerySet":
        return self.filter(client=client).exclude(status="discarded")


class Job(Waiting):
    """A post in the project format. `budget_*` are the whole price of one contract in yen."""

    client = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, default=JOB.start)
    title = models.CharField(max_length=120)
    subcategory = models.CharField(max_length=12)
    category = models.CharField(max_length=8)
    description = models.TextField()
    deliverables = models.TextField()
    acceptance = models.TextField()
    pricing = models.CharField(max_length=8, default="fixed")
    budget_min = models.BigIntegerField()
    budget_max = models.BigIntegerField()
    unit = models.CharField(max_length=20, default="", blank=True)
    unit_price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    quantity = models.PositiveIntegerField(null=True)
    milestones = models.JSONField(default=list)
    expected_hours = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    headcount = models.PositiveIntegerField(default=1)
    apply_by = models.DateField(null=True)
    delivery_on = models.DateField(null=True)
    questions = ArrayField(models.TextField(), default=list)
    skills = ArrayField(models.CharField(max_length=12), default=list)
    place = models.CharField(max_length=120, default="", blank=True)
    address = models.CharField(max_length=200, default="", blank=True)
    rights = models.CharField(max_length=10, default="transfer")
    rights_note = models.CharField(max_length=300, default="", blank=True)
    confidentiality = models.CharField(max_length=8, default="work")
    confidentiality_note = models.CharField(max_length=300, default="", blank=True)
    ai_use = models.CharField(max_length=10, default="ask")
    ai_use_note = models.CharField(max_length=300, default="", blank=True)
    audience = models.CharField(max_length=10, default="everyone")
    continuing = models.BooleanField(default=False)
    revision_rounds = models.PositiveSmallIntegerField(default=2)
    stop_after = models.PositiveIntegerField(null=True)
    stop_at_good = models.PositiveIntegerField(null=True)
    applicants = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            yen_in_range("job_yen_in_range", "budget_min", "budget_max"),
            LegalMoves(name="job_moves", field="status", start=JOB.start, edges=JOB.edges),
            waits_in("job_open_has_a_deadline", ["open", "paused"]),
            models.CheckConstraint(
                name="job_opened_is_dated",
                condition=Q(status__in=["draft", "discarded"]) | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="job_price_range_in_order",
                condition=Q(budget_min__gte=0, budget_max__gte=F("budget_min")),
            ),
            models.CheckConstraint(name="job_pricing_known", condition=Q(pricing__in=PRICINGS)),
            models.CheckConstraint(name="job_rights_known", condition=Q(rights__in=RIGHTS)),
            models.CheckConstraint(
                name="job_confidentiality_known", condition=Q(confidentiality__in=CONFIDENTIALITY)
            ),
            models.CheckConstraint(name="job_ai_use_known", condition=Q(ai_use__in=AI_USE)),
            models.CheckConstraint(name="job_audience_known", condition=Q(audience__in=AUDIENCES)),
            models.CheckConstraint(name="job_headcount_positive", condition=Q(headcount__gte=1)),
        ]
        indexes = [
            waiting_index("job_waiting"),
            models.Index(
                fields=["-opened_at", "-id"], name="job_newest", condition=Q(status="open")
            ),
            models.Index(fields=["due_at", "id"], name="job_deadline", condition=Q(status="open")),
            models.Index(
                fields=["-budget_max", "-id"], name="job_price", condition=Q(status="open")
            ),
            models.Index(fields=["client", "-id"], name="job_of_client"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def terms(self) -> Terms:
        """The post as plain values, for policies and forms."""
        plain = {name: getattr(self, name) for name in PLAIN_TERMS}
        return Terms(
            **plain,
            milestones=tuple(planned(row) for row in self.milestones),
            questions=tuple(self.questions),
            skills=tuple(self.skills),
        )


def planned(row: dict[str, Any]) -> PlannedMilestone:
    """A step of the plan as it stands in JSON."""
    return PlannedMilestone(row["title"], row["amount"], date.fromisoformat(row["due_on"]))


class JobFile(models.Model):
    """A file attached to a post."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "file"], name="job_file_once")]


class Question(models.Model):
    """Asked on a post. A public one is shown with its answer (JO8); a private one is the
    platform's relay to the recruiter (JO5), read by the client alone."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="public_questions")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=True)
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="question_answer_is_dated",
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]


class AddressView(models.Model):
    """Someone signed in was shown the recruiter's address (JO5): logged once a day and person."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "viewer", "on"], name="address_view_once_a_day"),
            AppendOnly(name="address_view_append_only"),
        ]
