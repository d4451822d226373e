"""CL17, RE2: the window of a real, finished hire, closed by the contract's own clock."""

import pytest

from enishi.contracts.commands import ticking
from enishi.contracts.models import Contract
from enishi.events.models import Event
from enishi.kit.days import days_after
from enishi.reviews import commands
from enishi.reviews.models import Review
from tests import make
from tests.reviews.hires import SCORES

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract():
    return make.contract("completed")


def write(contract, by, at=make.NOON):
    said = {"scores": SCORES, "overall": 5, "comment": "Thank you."}
    return commands.write(contract.pk, by=by, at=at, **said)


def test_cl17_the_window_is_open_for_14_days(contract):
    assert contract.reviews_close_at == days_after(make.NOON, 14)


def test_re2_the_clock_publishes_what_one_side_wrote(contract):
    write(contract, contract.client)

    ticking.contract(contract.pk, at=contract.reviews_close_at)

    assert Review.objects.get().published_at == contract.reviews_close_at
    assert Event.objects.filter(name="review.published").count() == 1


def test_cl17_the_clock_never_closes_the_window_early(contract):
    write(contract, contract.client)

    ticking.contract(contract.pk, at=days_after(make.NOON, 13))

    assert Review.objects.get().published_at is None


def test_once_both_have_written_nobody_is_reminded(contract):
    write(contract, contract.client)
    write(contract, contract.worker)

    ticking.contract(contract.pk, at=days_after(make.NOON, 13))

    assert Contract.objects.get().next_at is None
    assert not Event.objects.filter(name="contract.reminded").exists()
