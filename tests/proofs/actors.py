"""Everyone who may come to a door: the eleven of A1 and a former member, by the cookies of real
sessions."""

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
from enishi.organisations import commands as organisations
from enishi.organisations.models import Membership
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
    """The eleven of A1: each pair's own are the other pair's strangers. A member acts for the
    client; a former one still has a session that did."""
    people = [_entered(Actor(side, getattr(of, side), of.key)) for of in pairs for side in SIDES]
    members = [_acting(Actor(MEMBER, of.member, of.key), of.membership) for of in pairs]
    return [Actor("anonymous"), _unverified(), *people, *members, _former(pairs), *rest()]


def rest() -> list[Actor]:
    return [_suspended(), *_office()]


def _acting(actor: Actor, membership_id: int) -> Actor:
    """Signed in, and acting for the client of their pair."""
    actor = _entered(actor)
    browser = Client()
    browser.cookies = SimpleCookie(actor.cookies)
    answer = browser.post("/acting/", {"membership": membership_id})
    assert answer.status_code == 302, answer.status_code
    browser.get("/settings/")  # with its new key it stands in the list of sign-ins
    actor.cookies = {name: one.value for name, one in browser.cookies.items()}
    return actor


def _former(pairs: list[Pair]) -> Actor:
    """A member of every pair's client, removed by all of them and invited anew."""
    person = joined("Former", "former", "worker")
    asked = [_asked(of, person) for of in pairs]
    for found in asked:
        organisations.join(found.pk, by=person, at=NOON, is_other_side=False)
    actor = _acting(Actor(FORMER, person), asked[0].pk)
    for of, found in zip(pairs, asked, strict=True):
        organisations.remove(found.pk, by=of.client, at=NOON)
        of.things["invitation"] = {"membership_id": _asked(of, person).pk}
    return actor


def _asked(of: Pair, person: Account) -> Membership:
    facts = {"is_business": True, "works": False}
    return organisations.invite(by=of.client, at=NOON, email=person.email, **facts)


SIDES = ("client", "worker")
MEMBER, FORMER = "member", "former member"


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
