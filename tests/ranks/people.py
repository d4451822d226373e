"""Workers who have everything that Regular asks for, walked there by the real commands (RA2)."""

from datetime import UTC, date, datetime

from enishi.accounts import commands as accounts
from enishi.profiles import commands as profiles
from enishi.profiles.background.commands import experience
from enishi.profiles.background.policy import Stage
from enishi.verification.commands import asking, phones
from tests import make
from tests.make import NOON
from tests.verification import papers

REAL = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def regular(person, *, at=NOON):
    """On the day of `at`."""
    profiles.present_worker(
        by=person,
        at=at,
        introduction="文" * 300,
        skills=["sk-1"],
        image=papers.upload(),
    )
    experience.add(by=person, at=at, stage=Stage(started_on=date(2020, 4, 1), role="Writer"))
    papers.approved("identity", by=person, at=at, decider=make.mio())
    asking.pledge(by=person, at=at, version="2026-11-22")
    phone(person, at=at)
    sign_in(person, at)
    return person


def phone(person, *, at=NOON):
    number = f"0901234{person.pk % 10_000:04}"
    code = phones.ask_code(number, by=person, real=REAL)
    phones.confirm(phones.digits_of(code), by=person, at=at, real=REAL)


def sign_in(person, at):
    person.refresh_from_db()
    accounts.come(by=person, at=at)
    person.refresh_from_db()
