"""Who may sign in. One account may be worker and client, acting in one role at a time (PE1)."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
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
    session_epoch = models.PositiveIntegerField(default=0)  # raised: every session is over

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
