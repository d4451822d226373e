"""Who meets each form of the market, which boxes it reads, and a sound request to it: what the
proof of bad input goes through."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, reverse

from enishi.accounts.models import Account
from tests import make

from .actors import Actor, Pair
from .boxes import OF_ITS_OWN, SOUND, asked_for, worth_trying
from .policies import POLICIES, addresses
from .walking import World, address_of, enters, finds, undone

FORM = "application/x-www-form-urlencoded"
OF_MACHINES = {"provider_webhook", "violations", "healthz", "readyz"}  # they type nothing
WITH_FILES = ("job_new", "job_edit", "delivery", "profile", "thread_entries")
WITH_FILES += ("piece_new", "piece_edit")
AT_THE_CODE, WITH_A_KEY = HALFWAY = ("at the code", "with a key")
# Who meets the form itself: whoever is in signs in no more, a second factor is asked of its owner,
# and is turned on by whoever has none.
FIRST = {
    **dict.fromkeys(("account_login", "account_signup", "account_reset_password"), "anonymous"),
    "mfa_login_webauthn": "anonymous",
    "mfa_authenticate": AT_THE_CODE,
    "account_reset_password_from_key": WITH_A_KEY,
    **dict.fromkeys(("account_email", "account_change_password", "mfa_reauthenticate"), "reader"),
    **dict.fromkeys(("mfa_activate_totp", "mfa_add_webauthn"), "worker"),
    "proposal_new": "worker",
    "office_chargeback": "treasurer",
    "office_looks": "operator",  # a reader opens no document
}
BOTH_SIDES = {"profile"}  # another form for each
OTHER_FORMS = {"mfa_authenticate": [{"code": "123456"}]}  # of one address: else it asks a passkey
SPOKEN = {"a": "ja", "b": "en"}


@dataclass(frozen=True)
class Target:
    """One address with the person who may use it."""

    pattern: URLPattern
    thing: str
    of: Pair
    actor: Actor

    @property
    def path(self) -> str:
        return address_of(self.pattern, self.of, self.thing)

    def __str__(self) -> str:
        return f"{self.pattern.name} ({self.thing or 'itself'}) by {self.actor.name}"


def targets(world: World, method: str) -> Iterator[Target]:
    """Every address that takes this method, with someone who finds something behind it. The two
    pairs read different languages."""
    for pattern in addresses():
        policy = POLICIES[pattern.name]
        if method not in policy.takes or pattern.name in OF_MACHINES:
            continue
        count = 2 if pattern.name in BOTH_SIDES else 1
        for thing in policy.finds:
            for of in world.pairs:
                people = _wanted(world, pattern.name, thing, of)
                yield from (Target(pattern, thing, of, one) for one in people[:count])


def _wanted(world: World, name: str, thing: str, of: Pair) -> list[Actor]:
    """Who finds this thing, whoever meets its form first."""
    policy = POLICIES[name]
    # Their own things first; but whoever has applied to a post does so no more.
    wanted = {of.key} if name != "proposal_new" else set(SPOKEN) - {of.key}
    first = FIRST.get(name, policy.door)
    people = [
        one
        for one in world.people
        if enters(one, policy) == "in"
        and finds(one, of, policy, thing)
        and (one.name not in HALFWAY or one.name == first)
    ]
    return sorted(people, key=lambda one: (one.name != first, one.pair not in wanted))


@pytest.fixture
def two_languages(world):
    for of in world.pairs:
        spoken = SPOKEN[of.key]
        Account.objects.filter(pk__in=[of.client.pk, of.worker.pk]).update(language=spoken)
    outside = [one for of in world.pairs for one in _outside(world, of)]
    inside = [one for one in world.people if one.name != "anonymous"]
    begun = [replace(of, things=of.things | _begun(of)) for of in world.pairs]
    return World(begun, [*inside, *outside])


def _outside(world: World, of: Pair) -> Iterator[Actor]:
    """A visitor, someone who has given the password and now is asked for a code, and someone who
    came by a link to a new password."""
    spoken = {settings.LANGUAGE_COOKIE_NAME: SPOKEN[of.key]}
    yield Actor("anonymous", pair=of.key, cookies=spoken)
    for name, send in ((AT_THE_CODE, _password), (WITH_A_KEY, _link)):
        browser = Client()
        send(browser, world, of)
        cookies = {name: one.value for name, one in browser.cookies.items()}
        yield Actor(name, pair=of.key, cookies=cookies | spoken)


def _password(browser: Client, world: World, of: Pair) -> None:
    reader = world.person("reader").account
    EmailAddress.objects.get_or_create(
        user=reader, email=reader.email, defaults={"verified": True, "primary": True}
    )
    browser.post("/account/login/", {"login": reader.email, "password": make.PASSWORD})


def _link(browser: Client, world: World, of: Pair) -> None:
    browser.get(reverse("account_reset_password_from_key", kwargs=of.things["reset"]))


def _begun(of: Pair) -> dict[str, Any]:
    return {"reset": of.things["reset"] | {"key": "set-password"}}


def boxes_of(target: Target, method: str) -> list[str]:
    """What the address reads from a sound request."""
    chosen = sound(target, set(SOUND))
    with asked_for() as names:
        for more in ({}, *OTHER_FORMS.get(target.pattern.name, ())):
            with undone():
                target.actor.ask(method, target.path, chosen | more)
    return worth_trying(names)


def sound(target: Target, names: set[str]) -> dict[str, Any]:
    return {name: SOUND[name] for name in names & SOUND.keys()} | OF_ITS_OWN.get(
        target.pattern.name, {}
    )


def send(target: Target, data: dict[str, Any]) -> Any:
    with undone():
        return sent(target, data)


def sent(target: Target, data: dict[str, Any]) -> Any:
    if target.pattern.name in WITH_FILES:
        parts = {one: [value] for one, value in data.items()}  # bytes would count as a list
        return target.actor.ask("POST", target.path, parts)
    body = urlencode(data, doseq=True)
    return target.actor.ask("POST", target.path, body, content_type=FORM)
