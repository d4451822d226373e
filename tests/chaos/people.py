"""Who acts: four clients, sixteen workers, two treasurers. Each client process may be any of them,
so that several act on one deal at the same time."""

from datetime import timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.test import Client

from enishi.accounts.models import Account
from enishi.contracts.commands import offering
from enishi.contracts.models import Contract
from enishi.kit import clock
from enishi.payments.commands import banking
from enishi.payments.models import BankAccount
from enishi.profiles import commands as profiles
from tests import make

CLIENTS, WORKERS = 4, 16
PARTS = 4
BANK = {"bank": "0001", "branch": "001", "holder": "レン", "name": "レン"}
GOOD, REFUSING = "0001234", "1111116"
EVERY_REFUSING = 5  # of so many workers one has a bank that takes no money


def client(number: int) -> Account:
    return make.account(f"C{number}", "client")


def worker(number: int) -> Account:
    return make.account(f"W{number}")


def settle() -> None:
    """Make them all, once. May be called again after it was cut off."""
    at = clock.now()
    for number in range(CLIENTS):
        person = client(number)
        profiles.present_client(
            by=person,
            at=at,
            kind="sole_trader",
            payer_kind="individual",
            recruiter_name=person.name,
            prefecture="13",
            city="Taito",
            address="1-2-3 Asakusa",
        )
    for number in range(WORKERS):
        person = worker(number)
        if not BankAccount.objects.filter(account=person).exists():
            refuses = number % EVERY_REFUSING == 0
            banking.add(by=person, at=at, number=REFUSING if refuses else GOOD, **BANK)
    make.nao(), make.kei()


def session(person: Account) -> str:
    browser = Client()
    browser.force_login(person)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def hire(chance: Random) -> Contract:
    """A deal of several milestones that both have agreed to, from the post on."""
    at = clock.now()
    person, other = client(chance.randrange(CLIENTS)), worker(chance.randrange(WORKERS))
    price = chance.randrange(PARTS * 3_000, PARTS * 40_000)
    sent = make.proposal(to=make.job(client=person, at=at), worker=other, at=at)
    terms: dict[str, Any] = {"at": at, "inspection_days": chance.choice((3, 7, 14))}
    made = offering.offer(sent.pk, by=person, at=at, terms=make.offer_terms(price, PARTS, **terms))
    return make.agree(made, at=at)


def a_while(chance: Random) -> timedelta:
    """How far the market's clock is moved at once: some clocks fall due, most do not."""
    return timedelta(hours=chance.randrange(6, 96))
