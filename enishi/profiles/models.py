"""Who people are to each other: one side as worker, one as client, each written by its owner."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from enishi.files.models import StoredFile
from enishi.kit.constraints import AppendOnly

from .policy import (
    CLIENT_KINDS,
    HOURS_A_WEEK_MOST,
    PAYEE_KINDS,
    PAYERS_OF,
    PREFECTURES,
    SHOWN,
)


def _payer_fits_kind() -> Q:
    """The database's form of `policy.payer_fits`."""
    condition = Q()
    for kind, payers in PAYERS_OF.items():
        condition |= Q(kind=kind, payer_kind__in=payers)
    return condition


class WorkerProfile(models.Model):
    """The worker's side (VE2). Skills are ids of the catalogue, which stands above this package."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+"
    )
    image = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    introduction = models.TextField(default="")
    skills = ArrayField(models.CharField(max_length=40), default=list)
    hours = models.CharField(max_length=200, default="")
    weekly_hours = models.PositiveSmallIntegerField(null=True)
    rate_guide = models.CharField(max_length=200, default="")
    payee_kind = models.CharField(max_length=10, default="individual")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="worker_payee_kind_known", condition=Q(payee_kind__in=PAYEE_KINDS)
            ),
            models.CheckConstraint(
                name="worker_weekly_hours_fit_a_week",
                condition=Q(weekly_hours=None) | Q(weekly_hours__range=(1, HOURS_A_WEEK_MOST)),
            ),
        ]


class ClientProfile(models.Model):
    """The client's side, with the facts that money (CO10) and recruiting notices (JO5) need."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+"
    )
    image = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12)
    about = models.TextField(default="")
    payer_kind = models.CharField(max_length=20)
    recruiter_name = models.CharField(max_length=120, default="")
    contact_person = models.CharField(max_length=60, default="")
    prefecture = models.CharField(max_length=2, default="")
    city = models.CharField(max_length=60, default="")
    address = models.CharField(max_length=200, default="")
    address_shown = models.CharField(max_length=4, default="full")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="client_kind_known", condition=Q(kind__in=CLIENT_KINDS)),
            models.CheckConstraint(name="client_payer_fits_kind", condition=_payer_fits_kind()),
            models.CheckConstraint(
                name="client_prefecture_known", condition=Q(prefecture__in=["", *PREFECTURES])
            ),
            models.CheckConstraint(
                name="client_address_shown_known", condition=Q(address_shown__in=SHOWN)
            ),
            models.CheckConstraint(
                name="client_organisation_shows_its_address",
                condition=~Q(kind="organisation") | Q(address_shown="full"),
            ),
        ]


class InvoiceRegistration(models.Model):
    """What a worker says of their invoices, from this moment on: the newest row holds, and the
    others stay as what was true when papers were issued. No number: not registered."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    number = models.CharField(max_length=14, default="", blank=True)
    is_by_agent = models.BooleanField(default=False)  # the market issues invoices in their stead
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="invoice_registration_newest")]
        constraints = [
            AppendOnly(name="invoice_registration_append_only"),
            models.CheckConstraint(
                name="invoice_registration_number_shape",
                condition=Q(number="") | Q(number__regex=r"^T[0-9]{13}$"),
            ),
            models.CheckConstraint(
                name="invoice_registration_agent_needs_a_number",
                condition=~Q(number="") | Q(is_by_agent=False),
            ),
        ]
