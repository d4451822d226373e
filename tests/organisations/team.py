"""An organisation and the people who act for it, walked through the real commands."""

from datetime import datetime

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from enishi.kit.days import day_of
from enishi.organisations import commands, queries
from enishi.organisations.models import Membership
from enishi.profiles import commands as profiles
from tests import make
from tests.make import NOON


def acme(name: str = "Acme") -> Account:
    """A client that says to be an organisation; whoever signs in as it is the owner."""
    of = make.account(name, "client")
    profiles.present_client(
        by=of,
        at=NOON,
        kind="organisation",
        payer_kind="company",
        recruiter_name=name,
        contact_person="Owner",
        prefecture="13",
        city="Taito",
        address="1-2-3 Asakusa",
    )
    return of


def invited(of: Account, email: str, *, at: datetime = NOON) -> Membership:
    return commands.invite(by=of, at=at, email=email, is_business=True, works=False)


def trusted(person: Account) -> Account:
    """Their address is confirmed."""
    accounts.trust_email(person.pk)
    return person


def member(of: Account, name: str = "Tanaka", *, at: datetime = NOON) -> Membership:
    """Somebody with an account of their own, who was invited and has joined."""
    person = trusted(make.account(name))
    asked = invited(of, person.email, at=at)
    return commands.join(asked.pk, by=person, at=at, is_other_side=False)


def stand_in(of: Account, name: str = "Suzuki", *, at: datetime = NOON) -> Membership:
    found = member(of, name, at=at)
    named = commands.name_stand_in(found.pk, by=of, at=at)
    assert named is not None
    return named


def away(of: Account, *, at: datetime = NOON) -> None:
    accounts.declare_leave(by=of, at=at, starts_on=day_of(at), ends_on=day_of(at))


def acting(found: Membership, *, at: datetime = NOON) -> Account:
    """The organisation as this member acts for it."""
    assert found.account is not None
    account = queries.acting(found.pk, found.account, at=at)
    assert account is not None
    return account
