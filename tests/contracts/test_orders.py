"""RA7: what the same two people agree within thirty days of the first is one order."""

from datetime import timedelta

import pytest

from enishi.contracts import policy
from tests import make
from tests.make import NOON

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "orders"),
    [([0], 1), ([0, 30], 1), ([0, 31], 2), ([0, 20, 40], 2), ([0, 31, 61, 62], 3)],
)
def test_thirty_days_from_the_first(days, orders):
    began, last = set(), None
    for day in days:
        last = policy.order_of(last, NOON + day * DAY, days=30)
        began.add(last)

    assert len(began) == orders


def test_two_acts_that_cross_are_one_order():
    assert policy.order_of(NOON + timedelta(seconds=1), NOON, days=30) == NOON


@pytest.mark.django_db
def test_a_contract_knows_its_order():
    first = make.contract("agreed")
    second = make.contract("agreed", at=NOON + 30 * DAY)
    third = make.contract("agreed", at=NOON + 31 * DAY)
    offered = make.contract("offered", at=NOON + 31 * DAY)

    assert first.order_at == second.order_at == NOON
    assert third.order_at == NOON + 31 * DAY
    assert offered.order_at is None
