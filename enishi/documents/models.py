"""Papers: what was agreed, kept as canonical text with its fingerprint, written once, chained."""

import json
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from enishi.kit.constraints import AppendOnly, yen_in_range
from enishi.kit.ids import uuid7

from .constraints import FollowsTheLast
from .papers import KINDS


class Sha256(models.Func):
    """PostgreSQL's own fingerprint of a text, so that the database can check ours."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField()


class DocumentQuerySet(models.QuerySet["Document"]):
    def seen_by(self, account: Any) -> "DocumentQuerySet":
        """Papers of a deal are for its parties only."""
        if not account.is_authenticated:
            return self.none()
        return self.filter(parties__contains=[account.pk])

    def about(self, subject: models.Model) -> "DocumentQuerySet":
        return self.filter(
            subject_kind=subject._meta.model_name, subject_id=str(subject.pk)
        ).order_by("at", "number")


class Document(models.Model):
    """One paper. `body` is the record itself; every page and PDF is drawn from it. `amount` and
    `party_names` repeat what it says, to be searched by (see `vault`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=24)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.CharField(max_length=36)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    parties = ArrayField(models.BigIntegerField())
    amount = models.BigIntegerField(null=True)
    party_names = models.TextField()
    at = models.DateTimeField()
    position = models.BigIntegerField()
    chain = models.CharField(max_length=64)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            yen_in_range("document_yen_in_range", "amount", signed=True),
            AppendOnly(name="document_append_only"),
            FollowsTheLast(name="document_follows_the_last"),
            models.CheckConstraint(
                name="document_matches_its_fingerprint", condition=Q(sha256=Sha256(F("body")))
            ),
            models.CheckConstraint(name="document_kind_known", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(name="document_has_parties", condition=Q(parties__len__gte=1)),
            # Both sides ask for null outright: a check that comes out unknown would pass.
            models.CheckConstraint(
                name="document_has_a_place",
                condition=Q(position__isnull=False, position__gte=1)
                & Q(chain__isnull=False, party_names__isnull=False),
            ),
            models.UniqueConstraint(fields=["position"], name="document_place_taken_once"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="document_by_subject"),
            GinIndex(fields=["parties"], name="document_by_party"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def facts(self) -> dict[str, Any]:
        """The record as plain values."""
        return json.loads(self.body)  # type: ignore[no-any-return]  # a record is an object
