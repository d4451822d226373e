"""The people of a demo market. Their password and one-time codes are public, so a live market
never creates them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from . import commands
from .models import Account

PASSWORD = "enishi-demo-2026"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`secret` is the seed of the authenticator; only the office has one. `acts_for` is the key of
    the client of whose team they are."""

    key: str
    name: str
    role: str
    grade: str = ""
    secret: str = ""
    acts_for: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@enishi.example"


PEOPLE = (
    DemoPerson("hana", "森川 花", "client"),
    DemoPerson("ren", "水野 蓮", "worker"),
    DemoPerson("maho", "田村 真帆", "client", acts_for="hana"),
    DemoPerson("taku", "岸 拓海", "client", acts_for="hana"),
    DemoPerson("mio", "早瀬 澪", "worker", "operator", "ENISHIDEMOMIOAAAAAAAAAAAAAAAAAAA"),
    DemoPerson("nao", "日高 直", "worker", "treasurer", "ENISHIDEMONAOAAAAAAAAAAAAAAAAAAA"),
    DemoPerson("kei", "藤代 圭", "worker", "treasurer", "ENISHIDEMOKEIAAAAAAAAAAAAAAAAAAA"),
)


def person(key: str) -> DemoPerson:
    return next(person for person in PEOPLE if person.key == key)


@cache
def _hashed() -> str:
    """Once for all of them: a hash is slow by design, and this password is printed anyway."""
    return make_password(PASSWORD)


@transaction.atomic
def join(
    wanted: DemoPerson, *, at: datetime, version: str | Mapping[str, str], language: str = "ja"
) -> Account:
    """The demo person, made on the first call: address confirmed, grade and second factor given."""
    if settings.LIVE:
        raise RuntimeError("Demo people have public passwords: a live market must not have them.")
    known = Account.objects.filter(email=wanted.email).first()
    if known:
        return known
    account = commands.sign_up(
        wanted.email,
        None,
        name=wanted.name,
        role=wanted.role,
        language=language,
        version=version,
        at=at,
    )
    account.password = _hashed()
    account.save(update_fields=["password"])
    commands.trust_email(account.pk)
    if wanted.grade:
        account = commands.appoint(wanted.email, wanted.grade, at=at)
        commands.give_second_factor(account.pk, secret=wanted.secret)
    return account
