"""Who may sign in. One account may be worker and client, acting in one role at a time (PE1)."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from enishi.kit.constraints import AppendOnly

from .policy import GRADES, LANGUAGES, ROLES


class AccountManager(BaseUserManager["Account"]):
    """Django and allauth ask a manager for accounts by their e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=email.lower(), **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. `name` is what everyone else reads."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=2, default="ja")
    role = models.CharField(max_length=6, default="worker")
    office_grade = models.CharField(max_length=9, default="", blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    suspended_at = models.DateTimeField(null=True)
    suspension_reason = models.TextField(default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    signed_in_on = models.DateField(null=True)  # was here last, in Tokyo (RA2)
    session_epoch = models.PositiveIntegerField(default=0)  # raised: every session is over

    # Set by `organisations.queries.acting`, on the one object that a request hands to commands: the
    # person who acts in this account's name, and how far they may go. Not columns.
    member: "Account | None" = None
    right: str = ""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_email_once"),
            models.CheckConstraint(name="account_role_known", condition=Q(role__in=ROLES)),
            models.CheckConstraint(
                name="account_language_known", condition=Q(language__in=LANGUAGES)
            ),
            models.CheckConstraint(
                name="account_grade_known", condition=Q(office_grade__in=["", *GRADES])
            ),
            models.CheckConstraint(
                name="account_suspended_or_closed_is_not_active",
                condition=Q(is_active=False) | Q(suspended_at=None, closed_at=None),
            ),
            models.CheckConstraint(
                name="account_suspension_has_a_reason",
                condition=Q(suspended_at=None) | ~Q(suspension_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["joined_at", "id"], name="account_newest")]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions live as long as password and epoch: one ended by a suspension stays ended."""
        salt, value = "enishi.accounts.session", f"{self.password}:{self.session_epoch}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_office(self) -> bool:
        return self.office_grade != ""

    @property
    def is_staff(self) -> bool:
        """No generic admin here; allauth asks."""
        return False


class Consent(models.Model):
    """Which version of which text an account agreed to, and when (PE7, OF5)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="consents")
    text = models.CharField(max_length=20)  # terms | privacy | age | guardian
    version = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("account"), F("text"), F("version"), name="consent_once_per_version"
            ),
            AppendOnly(name="consent_append_only"),
        ]


def _span(first: str, last: str, kind: str, field: "models.Field[Any, Any]") -> Func:
    """A range of which both ends belong to it."""
    return Func(F(first), F(last), Value("[]"), function=kind, output_field=field)


class LeaveQuerySet(models.QuerySet["Leave"]):
    def standing(self) -> "LeaveQuerySet":
        return self.filter(withdrawn_at=None)


class Leave(models.Model):
    """Days in Tokyo, both ends in, on which a person owes nobody an answer (RA8). Why is nobody's
    business and is not kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="leaves", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # before it began

    objects = LeaveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "starts_on"], name="leave_of_account")]
        constraints = [
            models.CheckConstraint(
                name="leave_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            ExclusionConstraint(
                name="leave_one_at_a_time",
                # Both as ranges, which need no extension of the database.
                expressions=[
                    (_span("account", "account", "int8range", BigIntegerRangeField()), "&&"),
                    (_span("starts_on", "ends_on", "daterange", DateRangeField()), "&&"),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]
