"""How the market's people join: sign-up, profile, and later a bank account."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from enishi.accounts import commands as accounts
from enishi.accounts import demo
from enishi.accounts.models import Account
from enishi.organisations import commands as organisations
from enishi.organisations import queries
from enishi.payments.commands import banking
from enishi.profiles import commands as profiles
from enishi.web.legal.texts import LEGAL_VERSION

from . import showing
from .market import read
from .world import Client, Person, Worker, World

Source = TypeVar("Source", read.Worker, read.Client)

DEMO = {each.email: each for each in demo.PEOPLE}
BANKS = ("0001", "0005", "0009", "0010", "9900")
OWN_HOLDERS = {"水野 蓮": "ミズノ レン"}  # the demo's worker, whose bank account is looked at
HOLDERS = (
    "ミズノ レン",
    "ハヤシ ユカ",
    "オオタ ケンジ",
    "モリ サトコ",
    "カワイ ジユン",
    "ハラ ミドリ",
)
NUMBERS = (2_000_000, 2_999_999)  # none of those by which the sandbox refuses


def gathered(records: Iterable[Source]) -> dict[str, Person[Source]]:
    return {record.id: Person(record, record.id) for record in records}


def join_worker(world: World, worker: Worker, at: datetime) -> None:
    """A worker signs up and presents what clients read."""
    _sign_up(worker, "worker", at)
    source = worker.source
    profiles.present_worker(
        by=worker.account,
        at=at,
        introduction=source.introduction,
        skills=source.skill_ids,
        hours=source.hours,
        weekly_hours=source.hours_per_week,
        payee_kind=source.payee_kind,
        image=showing.portrait(worker),
    )
    showing.show(worker, at)


def join_client(world: World, client: Client, at: datetime) -> None:
    """A client signs up and states what a recruiting notice needs (JO5)."""
    _sign_up(client, "client", at)
    source = client.source
    profiles.present_client(
        by=client.account,
        at=at,
        kind=source.kind,
        payer_kind=source.payer_kind,
        about=source.introduction,
        orders=showing.orders(client),
        recruiter_name=source.recruiter_name,
        contact_person=source.contact_person,
        prefecture=source.prefecture,
        city=source.city,
        address=source.address,
        address_shown=source.address_shown,
    )


def _sign_up(person: Worker | Client, role: str, at: datetime) -> None:
    """Only the people whose logins are printed get a password: nobody else signs in."""
    source = person.source
    if source.email in DEMO:
        person.joined = demo.join(DEMO[source.email], at=at, version=LEGAL_VERSION)
        return
    person.joined = accounts.sign_up(
        source.email,
        None,
        name=source.name,
        role=role,
        language="ja",
        version=LEGAL_VERSION,
        at=at,
    )


def join_office(world: World, person: demo.DemoPerson, at: datetime) -> None:
    demo.join(person, at=at, version=LEGAL_VERSION)


def join_team(world: World, client: Client, at: datetime) -> None:
    """Those of the demo who act for this client; the first of them stands in (PE3)."""
    for person in (each for each in demo.PEOPLE if each.acts_for == client.like):
        account = demo.join(person, at=at, version=LEGAL_VERSION)
        asked = organisations.invite(
            by=client.account, at=at, email=account.email, is_business=True, works=False
        )
        organisations.join(asked.pk, by=account, at=at, is_other_side=False)
        if queries.stand_in_of(client.account.pk) is None:
            organisations.name_stand_in(asked.pk, by=client.account, at=at)


def acting_for(client: Client, *, at: datetime) -> Account:
    """The client as the last of the team acts for it."""
    last = queries.members(client.account.pk)[-1]
    found = queries.acting(last.pk, last.account, at=at) if last.account else None
    assert found is not None
    return found


def expect_pay(world: World, worker: Worker, at: datetime) -> None:
    """With the first agreement a worker thinks of being paid; a few forget it for long."""
    if not worker.has_bank:
        worker.has_bank = True
        world.later(at, 45 if world.chance(6) else world.random.randint(0, 3), name_bank, worker)


def name_bank(world: World, worker: Worker, at: datetime) -> None:
    """The worker says where to be paid to."""
    bank, branch = world.random.choice(BANKS), f"{world.random.randint(1, 899):03}"
    holder = OWN_HOLDERS.get(worker.account.name) or world.random.choice(HOLDERS)
    banking.add(
        by=worker.account,
        at=at,
        bank=bank,
        branch=branch,
        holder=holder,
        name=holder,
        number=str(world.random.randint(*NUMBERS)),
    )
