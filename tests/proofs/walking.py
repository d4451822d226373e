"""What the proofs of access share: a market full of private things, and what requests leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import override_settings
from django.urls import URLPattern, reverse

from enishi.kit import clock
from enishi.kit.ids import uuid7
from enishi.web.organisations import rights

from . import actors
from .actors import Actor
from .canaries import leaked
from .pair_parts import NOON, Pair
from .pairs import pair
from .policies import Policy

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOWHERE = "http://127.0.0.1:9"  # where no provider listens
LOGIN = "/account/login/?next="

# What a request may write whoever sends it: sign-ins and their last-seen, throttles.
BESIDE = {"django_session", "usersessions_usersession", "kit_cache"}


@dataclass
class World:
    pairs: list[Pair]
    people: list[Actor]

    def person(self, name: str, pair: str | None = None) -> Actor:
        return next(one for one in self.people if (one.name, one.pair) == (name, pair))


@pytest.fixture(scope="module")
def built(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """Two whole pairs in a live market at noon, all eleven actors, and no provider to be reached.
    Made once for a file: nothing is ever committed."""
    there = settings.PAYMENT_PROVIDER | {"url": NOWHERE, "seconds": 1}
    changes = {"MEDIA_ROOT": tmp_path_factory.mktemp("media"), "PAYMENT_PROVIDER": there}
    changes |= {"PROVIDER_PAGE_URL": NOWHERE, "LIVE": True}
    changes |= {"SEALED_ROOT": tmp_path_factory.mktemp("sealed")}
    # A whole walk takes longer than a delicate act may come after the password.
    changes |= {"ACCOUNT_REAUTHENTICATION_TIMEOUT": 86_400}
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(**changes),
        django_db_blocker.unblock(),
        undone(),
    ):
        patch.setattr(clock, "now", lambda: NOON)
        patch.setattr(clock, "read", lambda: (NOON, False))
        yield _world()
    connections.close_all()


@pytest.fixture
def world(built: World) -> Iterator[World]:
    with undone():
        yield built


def _world() -> World:
    return world_of([pair(key) for key in "ab"])


def world_of(pairs: list[Pair]) -> World:
    """These pairs, and everyone who comes to their doors."""
    people = actors.everyone(pairs)
    suspended = next(one.account for one in people if one.name == "suspended")
    for of in pairs:
        of.things |= _from_mail(of) | {"suspended": {"account_id": suspended.pk}}
        of.things["no image"] = {"account_id": of.worker.pk, "image_id": uuid7()}
    return World(pairs, people)


def _from_mail(of: Pair) -> dict[str, dict[str, Any]]:
    """Links as the client's letter box holds them."""
    address, _ = EmailAddress.objects.get_or_create(
        user=of.client, email=f"new-{of.key}@people.example", defaults={"verified": False}
    )
    token = default_token_generator.make_token(of.client)
    return {
        "confirmation": {"key": EmailConfirmationHMAC(address).key},
        "reset": {"uidb36": user_pk_to_url_str(of.client), "key": token},
    }


def address_of(pattern: URLPattern, of: Pair, thing: str) -> str:
    """The address with the ids of this thing of this pair."""
    known = of.things.get(thing, {})
    path = reverse(pattern.name, kwargs={k: known[k] for k in pattern.pattern.regex.groupindex})
    return f"{path}?{known['?']}" if "?" in known else path


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing behind. The block counts as the test case's own, so that
    the rules about transactions hold inside as they do for a request."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # Django's own mark
    with block:
        yield
        transaction.set_rollback(True)


def body_of(answer: Any) -> bytes:
    """Everything an answer says: its headers and its words."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = answer.cookies.output()
    return head.encode("utf-8", "replace") + cookies.encode() + answer.words


def leaks(answer: Any, actor: Actor) -> set[str]:
    """A member reads what the client reads, where they are let in."""
    to = "client" if actor.name == actors.MEMBER else actor.name
    return leaked(body_of(answer), to=to, pair_of_reader=actor.pair)


def rows() -> dict[str, tuple[int, str]]:
    """Every table's rows as one number: any row written, changed or gone changes it."""
    with connection.cursor() as cursor:
        cursor.execute(_sum_of_tables())
        return {table: (count, str(total)) for table, count, total in cursor.fetchall()}


_sums: list[str] = []


def _sum_of_tables() -> str:
    if not _sums:
        tables = set(connection.introspection.table_names()) - BESIDE
        _sums.append(
            " union all ".join(
                f"select '{name}', count(*), sum(hashtextextended(one::text, 0)::numeric)"
                f' from "{name}" one'
                for name in sorted(tables)
            )
        )
    return _sums[0]


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return sorted(table for table in after if before.get(table) != after[table])


def finds(actor: Actor, of: Pair, policy: Policy, thing: str, name: str = "") -> bool:
    """Whether the table says that this person, once in, finds this thing of this pair. A member
    finds what the client finds, and on pages of their own what is theirs."""
    who = policy.finds[thing]
    is_of_pair = actor.pair == of.key
    stands_as = actor.name
    if actor.name == actors.MEMBER and name in rights.SHARED:
        stands_as = "client"
    if "*" in who:
        return not (is_of_pair and f"not {stands_as}" in who)
    return stands_as in who and (actor.pair is None or is_of_pair)


def enters(actor: Actor, policy: Policy, name: str = "") -> str:
    """What the door says: `in`, `sign in`, `second factor`, `not there`, or `not for members`."""
    door, _, grade = policy.door.partition(":")
    if actor.name == actors.MEMBER and door not in ("open", "machine", "office"):
        return "in" if name in rights.SHARED or rights.is_own(name) else "not for members"
    if door in ("open", "machine"):
        return "in"
    if not actor.is_signed_in:
        return "sign in"
    if door != "office":
        return "in"
    if actor.name == actors.STRICT:
        return "second factor"
    is_office = actor.name in actors.GRADES
    return "in" if is_office and grade in ("reader", actor.name) else "not there"
