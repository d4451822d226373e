"""Everyone who may come to a door: the eleven of A1, by the cookies of real sessions."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from tests import make

from .pair_parts import NOON, Pair, joined

SECRET = "JBSWY3DPEHPK3PXP"


@dataclass
class Actor:
    """Someone at the door, by the cookies of a real session."""

    name: str
    account: Account | None = None
    pair: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(self, method: str, path: str, data: Any = None, **more: Any) -> Any:
        """One request with the cookies as they were, whatever earlier answers set."""
        self.browser.cookies = SimpleCookie(self.cookies)
        send: Callable[..., Any] = getattr(self.browser, method.lower())
        answer = send(path, data if method in ("GET", "HEAD", "POST") else "", **more)
        answer.words = b"".join(answer) if answer.streaming else answer.content
        return answer

    @property
    def is_signed_in(self) -> bool:
        return self.name not in OUTSIDE


OUTSIDE = ("anonymous", "unverified", "suspended")
GRADES = ("reader", "operator", "treasurer")
STRICT = "office without second factor"


def everyone(pairs: list[Pair]) -> list[Actor]:
    """The eleven of A1: each pair's own two are the other pair's strangers."""
    people = [_entered(Actor(side, getattr(of, side), of.key)) for of in pairs for side in SIDES]
    return [Actor("anonymous"), _unverified(), *people, _suspended(), *_office()]


SIDES = ("client", "worker")


def _entered(actor: Actor, *, more: tuple[str, ...] = ()) -> Actor:
    """Signed in, and a moment ago once more with the password and what else it took."""
    browser = Client()
    assert actor.account is not None
    browser.force_login(actor.account)
    kept = browser.session
    kept["account_authentication_methods"] = [
        {"method": method, "at": time.time(), "reauthenticated": True}
        for method in ("password", *more)
    ]
    kept["account_authentication_methods_user"] = str(actor.account.pk)
    kept.save()
    browser.get("/settings/")  # from now on it stands in the list of sign-ins
    actor.cookies = {name: one.value for name, one in browser.cookies.items()}
    return actor


def _unverified() -> Actor:
    """Signed up and right about the password, but the address was never confirmed."""
    mail = "unverified@people.example"
    person = Account.objects.create_user(mail, make.PASSWORD, name="Uno", joined_at=NOON)
    EmailAddress.objects.create(user=person, email=mail, primary=True, verified=False)
    browser = Client()
    browser.post("/account/login/", {"login": mail, "password": make.PASSWORD})
    cookies = {name: one.value for name, one in browser.cookies.items()}
    return Actor("unverified", person, cookies=cookies)


def _suspended() -> Actor:
    actor = _entered(Actor("suspended", joined("Susi", "susi", "worker")))
    assert actor.account is not None
    accounts.suspend(actor.account.pk, by=None, at=NOON, reason="A test of doors.")
    return actor


def _office() -> list[Actor]:
    found = []
    for grade in GRADES:
        person = joined(grade.title(), grade, "worker", office_grade=grade)
        accounts.give_second_factor(person.pk, secret=SECRET)
        RecoveryCodes.activate(person)
        found.append(_entered(Actor(grade, person), more=("mfa",)))
    careless = joined("Careless", "careless", "worker", office_grade="operator")
    return [*found, _entered(Actor(STRICT, careless))]
