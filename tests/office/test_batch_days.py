"""CO8, CL16: by which day a file pays, what waits for more, and who is told when time runs out."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.office import batches, commands
from enishi.payments.commands import batching
from tests import make
from tests.make import NOON
from tests.payments import by_file

from .acts import approve
from .filed import DAY, LATER, batch, made, sent, worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_file(settings):
    by_file.use(settings)


def test_a_file_is_not_approved_after_its_day():
    worker("Ren")
    act = made()

    with pytest.raises(Refused, match=r"batch\.day_is_over"), transaction.atomic():
        approve(act, at=NOON + timedelta(days=2))
    approve(act, at=NOON + timedelta(days=1))


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 4, 4), date(2026, 4, 16)])
def test_the_transfer_day_is_a_bank_day_soon(day):
    worker("Ren")

    with pytest.raises(Refused, match=r"batch\.(no_transfer_day|too_late)"):
        made(day=day)


def test_nobody_is_paid_after_their_day():
    """CO8: accepted at noon on the 1st, so by the 16th."""
    worker("Ren")
    at = NOON + timedelta(days=8)

    with pytest.raises(Refused, match=r"batch\.too_late") as refused:
        made(at=at, day=date(2026, 4, 17))
    assert refused.value.facts == {"day": date(2026, 4, 16)}
    made(at=at, day=date(2026, 4, 16))


def test_a_small_sum_waits_for_more_but_not_beyond_its_day(settings):
    by_file.use(settings, least=1_000)
    small = worker("Small", 999)
    ren = worker("Ren", 1_000)

    planned = batches.plan(at=NOON, transfer_on=DAY)
    assert [one.account_id for one in planned.paid] == [ren.pk]
    assert [one.account_id for one in planned.carried] == [small.pk]

    soon = batches.plan(at=NOON + timedelta(days=7), transfer_on=date(2026, 4, 9))
    assert {one.account_id for one in soon.paid} == {small.pk, ren.pk}
    by_file.earn(small, 1)
    assert not batches.plan(at=NOON, transfer_on=DAY).carried


def test_treasurers_are_told_when_the_bank_has_not_answered():
    """CL16"""
    worker("Ren")
    sent()

    batching.tick(batch().pk, at=batch().due_at - timedelta(seconds=1))
    assert not Event.objects.filter(name="batch.overdue").exists()
    for _ in range(2):
        batching.tick(batch().pk, at=batch().due_at)
    assert Event.objects.filter(name="batch.overdue").count() == 1
    assert batch().due_at.date() == date(2026, 4, 7)  # three business days behind the 2nd


def test_treasurers_are_told_each_morning_whoever_must_soon_be_paid(settings):
    """CO8: by the 16th; the notice begins on the 11th."""
    nao, ren, later = make.nao(), worker("Ren"), NOON + timedelta(days=10)

    assert not batches.remind(at=later - timedelta(days=1))
    assert batches.remind(at=later)

    told = Event.objects.get(name="batch.due")
    assert told.people == [nao.pk]
    assert told.facts == {"amount": 8_580, "transfer_on": "2026-04-16"}
    made(at=later, day=date(2026, 4, 13))
    assert not batches.remind(at=later)
    settings.PAYOUTS = {"by": "provider", "least": 0}
    by_file.earn(ren, 500)
    assert not batches.remind(at=later + timedelta(days=20))


def test_what_was_withdrawn_is_owed_since_it_was_earned():
    ren = worker("Ren")
    commands.withdraw(made().pk, by=make.nao(), at=LATER)

    (one,) = ledger.unpaid([ren.pk])
    assert (one.amount, one.at) == (8_580, NOON)
