"""Everything that changes an account. Suspending or closing one raises its session epoch: every
session is over at once, and stays over when the account is restored (PE4)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from enishi.events.journal import record
from enishi.kit.days import day_of
from enishi.kit.errors import Refused

from . import policy, sealing
from .models import Account, Consent, Leave

LONG_AWAY = timedelta(days=27)  # less than any month
TEXTS = ("terms", "privacy")
SEALED = ("secret", "seed")  # in the rows of authenticator apps and of recovery codes
STATEMENTS = ("age", "guardian")  # "I am 18 or older" / "my guardian consents"


class StateVerb(Protocol):
    """`suspend` or `restore`, for callers that are handed one of them."""

    def __call__(
        self, account_id: int, *, by: Account | None, at: datetime, reason: str
    ) -> Account: ...


@transaction.atomic
def sign_up(
    email: str,
    password: str | None,
    *,
    name: str,
    role: str,
    language: str,
    version: str | Mapping[str, str],
    at: datetime,
    statement: str = "age",
) -> Account:
    """A person joins, consenting to the texts in these versions and stating to be 18 or older, or
    to have a guardian's consent (PE7)."""
    account = Account.objects.create_user(
        email, password, name=_display_name(name), role=role, language=language, joined_at=at
    )
    consent(account, version=version, at=at, statement=statement)
    record("account.joined", account, by=account, at=at)
    return account


@transaction.atomic
def consent(
    account: Account, *, version: str | Mapping[str, str], at: datetime, statement: str = "age"
) -> None:
    """Record consent to terms and privacy text, and the statement of age made with it."""
    if statement not in STATEMENTS:
        raise Refused.because("account.age_not_stated")
    versions = {text: version if isinstance(version, str) else version[text] for text in TEXTS}
    for text, read in {**versions, statement: versions["terms"]}.items():
        Consent.objects.get_or_create(account=account, text=text, version=read, defaults={"at": at})


def trust_email(account_id: int) -> None:
    """The operator knows this address to be right: no confirmation mail is asked."""
    account = Account.objects.get(pk=account_id)
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def give_second_factor(account_id: int, *, secret: str) -> None:
    """Activate an authenticator whose secret is known: for a demo's office people only."""
    account = Account.objects.select_for_update().get(pk=account_id)
    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(account, secret)


@transaction.atomic
def reseal() -> int:
    """Seal every second factor with the present key, so that a former one may be taken away."""
    rows = Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN)
    for row in rows:
        row.data |= {name: sealing.reseal(row.data[name]) for name in SEALED if name in row.data}
        row.save(update_fields=["data"])
    return len(rows)


@transaction.atomic
def appoint(email: str, grade: str, *, at: datetime, password: str | None = None) -> Account:
    """Give an office grade to an account, creating it when it does not exist (PE2)."""
    if grade not in policy.GRADES:
        raise Refused.because("account.grade_unknown", grade=grade)
    account = Account.objects.select_for_update().filter(email__iexact=email).first()
    if account and account.office_grade != grade:
        account.session_epoch += 1  # a session from before must not gain what the new grade may
    if account is None:
        validate_password(password or "")
        account = Account.objects.create_user(
            email, password, name=email.split("@", maxsplit=1)[0], joined_at=at
        )
        trust_email(account.pk)
    account.office_grade = grade
    account.save(update_fields=["office_grade", "session_epoch"])
    record("account.appointed", account, by=None, at=at, people=[account], grade=grade)
    return account


@transaction.atomic
def dismiss(email: str, *, at: datetime) -> Account:
    """Take the office grade away. Whatever this person has open is over at once (A4)."""
    account = Account.objects.select_for_update().exclude(office_grade="").get(email__iexact=email)
    record(
        "account.dismissed", account, by=None, at=at, people=[account], grade=account.office_grade
    )
    account.office_grade = ""
    account.session_epoch += 1
    account.save(update_fields=["office_grade", "session_epoch"])
    return account


@transaction.atomic
def suspend(account_id: int, *, by: Account | None, at: datetime, reason: str) -> Account:
    """The office stops an account. Its records and money claims stay (PE4)."""
    account = Account.objects.select_for_update().get(pk=account_id, closed_at=None)
    if account.suspended_at:
        raise Refused.because("account.suspended_already")
    if not reason.strip():
        raise Refused.because("account.reason_missing")
    account.is_active, account.suspended_at, account.suspension_reason = False, at, reason
    account.session_epoch += 1
    account.save(update_fields=["is_active", "suspended_at", "suspension_reason", "session_epoch"])
    record("account.suspended", account, by=by, at=at, people=[account], reason=reason)
    return account


@transaction.atomic
def restore(account_id: int, *, by: Account | None, at: datetime, reason: str) -> Account:
    """The office lets a suspended account in again, and says why."""
    account = Account.objects.select_for_update().get(pk=account_id, closed_at=None)
    if not account.suspended_at:
        raise Refused.because("account.not_suspended")
    account.is_active, account.suspended_at, account.suspension_reason = True, None, ""
    account.save(update_fields=["is_active", "suspended_at", "suspension_reason"])
    record("account.restored", account, by=by, at=at, people=[account], reason=reason)
    return account


@transaction.atomic
def switch_role(*, by: Account, role: str) -> Account:
    """The same person now acts as client, or as worker (PE1)."""
    if role not in policy.ROLES:
        raise Refused.because("account.role_unknown")
    account = Account.objects.select_for_update().get(pk=by.pk)
    account.role = role
    account.save(update_fields=["role"])
    return account


@transaction.atomic
def speak(*, by: Account, language: str) -> Account:
    """From now on this person reads the site and its mail in that language."""
    if language not in policy.LANGUAGES:
        raise Refused.because("account.language_unknown")
    account = Account.objects.select_for_update().get(pk=by.pk)
    account.language = language
    account.save(update_fields=["language"])
    return account


@transaction.atomic
def _come(account_id: int, *, at: datetime) -> None:
    account = Account.objects.select_for_update(no_key=True).get(pk=account_id)
    last, today = account.signed_in_on, day_of(at)
    account.signed_in_on = today
    account.save(update_fields=["signed_in_on"])
    if last is None or today - last > LONG_AWAY:
        record("account.returned", account, by=account, at=at)


def come(*, by: Account, at: datetime) -> None:
    """A signed-in person is here today. Written once a day; after weeks away it is an event, since
    a rank may hang on it (RA2)."""
    if by.signed_in_on != day_of(at):
        _come(by.pk, at=at)


@transaction.atomic
def rename(*, by: Account, name: str) -> Account:
    """From now on everyone reads this name."""
    account = Account.objects.select_for_update().get(pk=by.pk)
    account.name = _display_name(name)
    account.save(update_fields=["name"])
    return account


def _display_name(name: str) -> str:
    cleaned = policy.clean_name(name)
    if not cleaned or not policy.is_readable_name(cleaned):
        raise Refused.because("account.name_unreadable")
    if len(cleaned) > policy.NAME_LENGTH:
        raise Refused.because("account.name_too_long", most=policy.NAME_LENGTH)
    return cleaned


@transaction.atomic
def declare_leave(*, by: Account, starts_on: date, ends_on: date, at: datetime) -> Leave:
    """I am away on these days, both ends in: reply times stand still and no rank falls (RA8). It
    begins today at the earliest, so that nobody excuses a silence afterwards."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    if starts_on < day_of(at):
        raise Refused.because("leave.in_the_past")
    if ends_on < starts_on:
        raise Refused.because("leave.ends_before_it_starts")
    known = list(Leave.objects.standing().filter(account=by).values_list("starts_on", "ends_on"))
    if any(first <= ends_on and starts_on <= last for first, last in known):
        raise Refused.because("leave.overlaps")
    most = settings.RULES.leave_days_a_year
    if policy.most_leave_in_a_year([*known, (starts_on, ends_on)]) > most:
        raise Refused.because("leave.too_many_days", most=most)
    leave = Leave.objects.create(account=by, starts_on=starts_on, ends_on=ends_on, declared_at=at)
    record("leave.declared", leave, by=by, at=at, **_days(leave))
    return leave


@transaction.atomic
def end_leave(leave_id: int, *, by: Account, at: datetime) -> Leave:
    """I am back: the leave ended yesterday, or does not take place where it has not begun. The day
    it began stays a day of leave."""
    leave = Leave.objects.standing().select_for_update().get(pk=leave_id, account=by)
    today = day_of(at)
    if leave.ends_on < today:
        raise Refused.because("leave.over_already")
    if leave.starts_on > today:
        leave.withdrawn_at = at
    elif leave.ends_on == leave.starts_on:
        return leave  # its only day has begun
    else:
        leave.ends_on = max(leave.starts_on, today - timedelta(days=1))
    leave.save(update_fields=["ends_on", "withdrawn_at"])
    record("leave.ended", leave, by=by, at=at, **_days(leave))
    return leave


def _days(leave: Leave) -> dict[str, Any]:
    return {"starts_on": leave.starts_on.isoformat(), "ends_on": leave.ends_on.isoformat()}


@transaction.atomic
def close(*, by: Account, at: datetime, still_open: Callable[[int], list[str]]) -> Account:
    """The person leaves. Refused while money or a deal is open, naming which (PE6).

    `still_open` comes from the layer that knows deals. It is asked under the account's lock,
    which every new deal takes too, so that none slips in between.
    """
    account = Account.objects.select_for_update().get(pk=by.pk, closed_at=None)
    if found := still_open(account.pk):
        raise Refused.because("account.still_open", what=" / ".join(found))
    account.is_active, account.closed_at = False, at
    account.session_epoch += 1
    account.save(update_fields=["is_active", "closed_at", "session_epoch"])
    record("account.closed", account, by=by, at=at)
    return account
