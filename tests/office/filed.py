"""A market that pays by file: people with accounts and sums, and the file in the making."""

from datetime import date, timedelta

from enishi.office import batches
from enishi.payments import numbers
from enishi.payments.commands import batching
from enishi.payments.models import Payout, PayoutBatch
from tests import make
from tests.make import NOON
from tests.payments import by_file
from tests.payments.answers import answered

from .acts import approve

DAY = date(2026, 4, 2)  # the next bank day
LATER = NOON + timedelta(days=3)


def worker(name, amount=8_580, number="0001234", **changes):
    person = make.account(name)
    by_file.bank(person, number, **changes)
    if amount:
        by_file.earn(person, amount)
    return person


def made(*, by=None, at=NOON, day=DAY):
    by = by or make.nao()
    return batches.make(by=by, at=at, transfer_on=day, reason="It is due.")


def batch():
    return PayoutBatch.objects.get()


def file():
    return numbers.unseal_file(batch().sealed)


def settle(results=(), at=LATER, **changes):
    by_person = {Payout.objects.get(account=who).pk: code for who, code in dict(results).items()}
    answer = changes.get("answer") or answered(file(), by_person)
    return batching.settle(batch().pk, answer, by=make.nao(), at=at)


def sent():
    act = made()
    approve(act)
    return act
