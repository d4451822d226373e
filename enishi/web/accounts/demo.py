"""What the sign-in pages of a demo market show: its people, and the office's present codes."""

from dataclasses import dataclass

from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.utils.translation import gettext as _

from enishi.accounts import demo
from enishi.accounts.models import Account

from .codes import was_used

NOBODY: tuple["Login", ...] = ()


@dataclass(frozen=True, slots=True)
class Login:
    email: str
    password: str
    name: str
    does: str
    code: str


def logins() -> tuple[Login, ...]:
    """The demo's people that exist, in the order of the story; nobody in a live market."""
    if settings.LIVE:
        return NOBODY
    known = {account.email: account for account in _accounts()}
    return tuple(
        Login(
            email=person.email,
            password=demo.PASSWORD,
            name=known[person.email].name,
            does=_does(person),
            code=_code(known[person.email], person.secret),
        )
        for person in demo.PEOPLE
        if person.email in known
    )


def code_of(account: Account | None) -> str:
    """The code that this person's app would show now, if the person belongs to the demo."""
    if settings.LIVE or account is None:
        return ""
    for person in demo.PEOPLE:
        if person.email == account.email:
            return _code(account, person.secret)
    return ""


def _accounts() -> list[Account]:
    emails = [person.email for person in demo.PEOPLE]
    return list(Account.objects.filter(email__in=emails, is_active=True))


def _code(account: Account, secret: str) -> str:
    """The first code from now on that was not used yet: each one is good once."""
    if not secret:
        return ""
    now_and_next = list(auth.yield_hotp_counters_from_time())[app_settings.TOTP_TOLERANCE :]
    codes = [_at(secret, period) for period in now_and_next]
    return next((code for code in codes if not was_used(account, code)), codes[-1])


def _at(secret: str, period: int) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, period))


def _does(person: demo.DemoPerson) -> str:
    if person.acts_for:
        return _("acts for %(name)s") % {"name": demo.person(person.acts_for).name}
    return {
        "": _("orders work") if person.role == "client" else _("does work"),
        "reader": _("office, reads"),
        "operator": _("office, decides cases"),
        "treasurer": _("office, moves money"),
    }[person.grade]
