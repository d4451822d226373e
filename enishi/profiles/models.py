"""Who people are to each other: one side as worker, one as client, each written by its owner."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from enishi.files.models import StoredFile
from enishi.kit.constraints import AppendOnly, LegalMoves, yen_in_range

from .lifecycle import PACKAGE
from .limits import (
    DAYS_MOST,
    HOURS_OF_A_WEEK,
    IMAGES_MOST,
    LEVELS,
    OPTIONS_MOST,
    PIECES_MOST,
    RATES_MOST,
    ROUNDS_MOST,
    YEARS,
)
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
    introduction_length = models.PositiveIntegerField(default=0, db_default=0)  # what counts (RA2)
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
            models.CheckConstraint(
                name="worker_introduction_is_no_longer_than_its_text",
                condition=LessThanOrEqual(F("introduction_length"), Length("introduction")),
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
    orders = ArrayField(models.CharField(max_length=20), default=list, db_default=[])  # categories
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


def _place_once(name: str, *of: str) -> models.UniqueConstraint:
    """Each place is taken once. Looked at when the act is over, so that places can be exchanged."""
    return models.UniqueConstraint(
        fields=[*of, "position"], deferrable=models.Deferrable.DEFERRED, name=name
    )


class Piece(models.Model):
    """Work that somebody shows: a piece of their portfolio (VE2). Places count from 1; there are
    no more pieces than places. Category and skills are ids of the catalogue."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(default="")
    category = models.CharField(max_length=20, default="")
    skills = ArrayField(models.CharField(max_length=40), default=list)
    year_from = models.PositiveSmallIntegerField(null=True)
    year_to = models.PositiveSmallIntegerField(null=True)
    link = models.CharField(max_length=500, default="")
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            _place_once("piece_place_once", "account"),
            models.CheckConstraint(
                name="piece_has_a_place", condition=Q(position__range=(1, PIECES_MOST))
            ),
            models.CheckConstraint(name="piece_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="piece_years_are_years",
                condition=Q(year_from=None, year_to=None)
                | Q(year_from__range=YEARS, year_to=None)
                | Q(year_from__range=YEARS, year_to__range=YEARS, year_to__gte=F("year_from")),
            ),
            models.CheckConstraint(
                name="piece_link_is_https",
                condition=Q(link="") | Q(link__regex=r"^https://[^/@\s]"),
            ),
        ]


class PieceImage(models.Model):
    """A picture of a piece, drawn anew by us. Without a piece it waits for its form: what was
    uploaded is not lost when the form comes back. Pixels."""

    file = models.OneToOneField(StoredFile, models.PROTECT, primary_key=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    piece = models.ForeignKey(Piece, models.CASCADE, null=True, related_name="images")
    position = models.PositiveSmallIntegerField(null=True)
    alt = models.CharField(max_length=200, default="")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "kept_at"], name="piece_image_waiting", condition=Q(piece=None)
            )
        ]
        constraints = [
            _place_once("piece_image_place_once", "piece"),
            models.CheckConstraint(
                name="piece_image_has_a_place_and_words",
                condition=Q(piece=None, position=None)
                | Q(piece__isnull=False, position__range=(1, IMAGES_MOST)) & ~Q(alt=""),
            ),
        ]


class Package(models.Model):
    """Work that is offered as it stands (出品サービス, VE2). Whole yen, tax included."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    delivered = models.TextField()
    subcategory = models.CharField(max_length=20)
    price = models.BigIntegerField()
    days = models.PositiveSmallIntegerField()
    revision_rounds = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=6, default=PACKAGE.start)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            LegalMoves(
                name="package_moves", field="status", start=PACKAGE.start, edges=PACKAGE.edges
            ),
            yen_in_range("package_price_in_range", "price"),
            models.CheckConstraint(
                name="package_days_and_rounds_in_range",
                condition=Q(days__range=(1, DAYS_MOST), revision_rounds__lte=ROUNDS_MOST),
            ),
            models.CheckConstraint(
                name="package_says_what_it_is", condition=~Q(title="") & ~Q(delivered="")
            ),
        ]


class PackageOption(models.Model):
    """What can be had beside a package: whole yen, and days on top."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    price = models.BigIntegerField()
    extra_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            _place_once("package_option_place_once", "package"),
            models.CheckConstraint(
                name="package_option_has_a_place_and_a_name",
                condition=Q(position__range=(1, OPTIONS_MOST)) & ~Q(name=""),
            ),
            yen_in_range("package_option_price_in_range", "price"),
            models.CheckConstraint(
                name="package_option_days_in_range", condition=Q(extra_days__lte=DAYS_MOST)
            ),
        ]


class Experience(models.Model):
    """What somebody has done at work (VE2). Days are the first of their month; no place: it is not
    named, no end: it goes on."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_on = models.DateField()
    ended_on = models.DateField(null=True)
    place = models.CharField(max_length=120, default="")
    role = models.CharField(max_length=120)
    text = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="experience_ends_after_it_began",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
            ),
            models.CheckConstraint(name="experience_has_a_role", condition=~Q(role="")),
        ]


class Qualification(models.Model):
    """What somebody says they hold. The number is read by its owner alone."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    issuer = models.CharField(max_length=120, default="")
    obtained_on = models.DateField(null=True)  # the first of its month
    number = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="qualification_has_a_name", condition=~Q(name=""))
        ]


class SpokenLanguage(models.Model):
    """A language by its ISO 639-1 code, and how well it is known."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    code = models.CharField(max_length=2)
    level = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "code"], name="spoken_language_once"),
            models.CheckConstraint(
                name="spoken_language_code_shape", condition=Q(code__regex=r"^[a-z]{2}$")
            ),
            models.CheckConstraint(
                name="spoken_language_level_known", condition=Q(level__in=LEVELS)
            ),
        ]


class WeekCapacity(models.Model):
    """Hours somebody can give in one week, where these differ from `weekly_hours`."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    week_on = models.DateField()  # its Monday
    hours = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "week_on"], name="week_capacity_once"),
            models.CheckConstraint(
                name="week_capacity_is_of_a_monday", condition=Q(week_on__iso_week_day=1)
            ),
            models.CheckConstraint(
                name="week_capacity_fits_a_week", condition=Q(hours__range=HOURS_OF_A_WEEK)
            ),
        ]


class Rate(models.Model):
    """A row of the rate guide: yen for one unit of the catalogue, which may have two decimals as
    unit prices of posts have. No upper end: the price is one."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20)
    yen_from = models.DecimalField(max_digits=10, decimal_places=2)
    yen_to = models.DecimalField(max_digits=10, decimal_places=2, null=True)

    class Meta:
        constraints = [
            _place_once("rate_place_once", "account"),
            models.CheckConstraint(
                name="rate_has_a_place", condition=Q(position__range=(1, RATES_MOST))
            ),
            models.CheckConstraint(
                name="rate_ends_above_its_beginning",
                condition=Q(yen_from__gt=0) & (Q(yen_to=None) | Q(yen_to__gte=F("yen_from"))),
            ),
        ]
