"""What the market has checked about a person, and the sealed pictures by which it was checked."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from enishi.kit.constraints import AppendOnly, LegalMoves
from enishi.kit.ids import uuid7
from enishi.kit.waiting import Waiting, waiting_index, waits_in

from .lifecycle import CODE, DECIDED, PICTURE, VERIFICATION
from .policy import BY_DOCUMENT, KINDS, TITLE_LENGTH, TRIES_MOST


class Verification(Waiting):
    """One time that somebody asked to be checked (VE1). `title` names a qualification or a
    business; `number` is an invoice number or the version of a pledge; `sealed`, `digest` and
    `masked` are a phone number: readable by us, comparable, and shown."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="verifications"
    )
    kind = models.CharField(max_length=16)
    status = models.CharField(max_length=10, default=VERIFICATION.start)
    title = models.CharField(max_length=TITLE_LENGTH, default="", blank=True)
    number = models.CharField(max_length=20, default="", blank=True)
    paper = models.CharField(max_length=24, default="", blank=True)
    sealed = models.TextField(default="", blank=True)
    digest = models.CharField(max_length=64, default="", blank=True)
    masked = models.CharField(max_length=20, default="", blank=True)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(default="", blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ending = models.TextField(default="", blank=True)  # why the office withdrew it

    class Meta:
        indexes = [
            waiting_index("verification_waiting"),
            models.Index(
                fields=["account"],
                include=["kind", "decided_at"],
                name="verification_standing",
                condition=Q(status="approved"),
            ),
        ]
        constraints = [
            LegalMoves(
                name="verification_moves",
                field="status",
                start=VERIFICATION.start,
                edges=VERIFICATION.edges,
            ),
            waits_in("verification_waits_with_a_clock", ["submitted"]),
            models.CheckConstraint(
                name="verification_by_document_ends",
                condition=~Q(status="approved", kind__in=BY_DOCUMENT) | Q(due_at__isnull=False),
            ),
            models.CheckConstraint(name="verification_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="verification_names_what_it_is_about",
                condition=~Q(kind__in=("qualification", "business")) | ~Q(title=""),
            ),
            models.CheckConstraint(
                name="verification_decided_by_another",
                condition=~Q(decided_by=F("account")) & ~Q(ended_by=F("account")),
            ),
            models.CheckConstraint(
                name="verification_decided_at_some_time",
                condition=Q(status__in=DECIDED, decided_at__isnull=False)
                | ~Q(status__in=DECIDED) & Q(decided_at=None),
            ),
            models.CheckConstraint(
                name="verification_by_document_decided_by_somebody",
                condition=~Q(status__in=DECIDED, kind__in=BY_DOCUMENT)
                | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="verification_rejected_with_a_reason",
                condition=~Q(status="rejected") | ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="verification_withdrawn_with_a_reason",
                condition=~Q(status="withdrawn") | ~Q(ending="") & Q(ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="verification_of_a_phone_has_its_number",
                condition=~Q(status="approved", kind="phone") | ~Q(digest="") & ~Q(sealed=""),
            ),
            models.UniqueConstraint(
                fields=["account", "kind", "title"],
                name="verification_one_waits",
                condition=Q(status="submitted"),
            ),
            models.UniqueConstraint(
                fields=["account", "kind", "title"],
                name="verification_one_stands",
                condition=Q(status="approved"),
            ),
            models.UniqueConstraint(
                fields=["digest"],
                name="verification_number_of_one_account",
                condition=Q(status="approved", kind="phone"),
            ),
        ]


class SealedPicture(Waiting):
    """One page of a document, drawn by us, sealed with a key of its own. The file holds what is
    sealed; `wrapped` is its key, sealed with the market's: without both nothing can be read, and
    neither is left once it is erased."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    verification = models.ForeignKey(Verification, models.PROTECT, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=6, default=PICTURE.start)
    wrapped = models.BinaryField()
    key_id = models.CharField(max_length=16)  # which of the market's keys
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [waiting_index("sealed_picture_waiting")]
        constraints = [
            LegalMoves(
                name="picture_moves", field="status", start=PICTURE.start, edges=PICTURE.edges
            ),
            waits_in("picture_kept_until_its_day", ["kept"]),
            models.UniqueConstraint(
                fields=["verification", "position"], name="picture_one_per_place"
            ),
            models.CheckConstraint(
                name="picture_erased_has_no_key",
                condition=Q(status="erased", wrapped=b"", erased_at__isnull=False)
                | ~Q(status="erased") & ~Q(wrapped=b"") & Q(erased_at=None),
            ),
        ]

    @property
    def path(self) -> Path:
        return Path(settings.SEALED_ROOT) / self.id.hex[-2:] / str(self.id)


class Look(models.Model):
    """Somebody of the office may see one picture once, until `until` in real time, for this
    reason (P1)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    picture = models.ForeignKey(SealedPicture, models.PROTECT, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "at"], name="look_by_day")]
        constraints = [
            models.CheckConstraint(name="look_has_a_reason", condition=~Q(reason="")),
            AppendOnly(name="look_append_only"),
        ]


class View(models.Model):
    """The picture was shown: as many rows as pictures that left (P1)."""

    look = models.OneToOneField(Look, models.PROTECT, primary_key=True, related_name="view")
    at = models.DateTimeField()

    class Meta:
        constraints = [AppendOnly(name="view_append_only")]


class PhoneCode(models.Model):
    """A code on its way to a phone. The code itself stands nowhere: it is made from the row's id
    with the market's key, so the same row always sends the same one. Times are real ones."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(max_length=7, default=CODE.start)
    sealed = models.TextField()
    digest = models.CharField(max_length=64)
    masked = models.CharField(max_length=20)
    tries = models.PositiveSmallIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)  # answers by which a key was spent
    made_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "made_at"], name="code_of_account"),
            models.Index(fields=["digest", "made_at"], name="code_of_number"),
        ]
        constraints = [
            LegalMoves(name="code_moves", field="status", start=CODE.start, edges=CODE.edges),
            models.CheckConstraint(name="code_tried_so_often", condition=Q(tries__lte=TRIES_MOST)),
        ]
