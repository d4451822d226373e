"""VE2: the weeks ahead, and the rate guide."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from enishi.kit.errors import Refused
from enishi.profiles.models import Rate, WeekCapacity
from enishi.profiles.working import policy, queries
from enishi.profiles.working.commands import rates, weeks
from enishi.profiles.working.policy import Price
from tests import make

NOON = make.NOON  # a Wednesday
THIS_WEEK, NEXT_WEEK = date(2026, 3, 30), date(2026, 4, 6)


@pytest.fixture
def ren(db):
    return make.ren()


def test_a_week_begins_on_its_monday():
    assert policy.week_of(date(2026, 4, 5)) == THIS_WEEK
    assert policy.week_of(THIS_WEEK) == THIS_WEEK


def test_weeks_of_which_nothing_was_said_are_as_usual():
    shown = policy.weeks(date(2026, 4, 1), usual=20, said={NEXT_WEEK: 0})

    assert len(shown) == 12
    assert [(one.on, one.hours, one.is_set) for one in shown[:3]] == [
        (THIS_WEEK, 20, False),
        (NEXT_WEEK, 0, True),
        (date(2026, 4, 13), 20, False),
    ]


def test_weeks_are_told_whole(ren):
    weeks.tell({THIS_WEEK: 10}, by=ren, at=NOON)
    weeks.tell({NEXT_WEEK: 0}, by=ren, at=NOON)

    assert queries.said(ren.pk) == {NEXT_WEEK: 0}


@pytest.mark.parametrize(
    "said", [{date(2026, 4, 1): 5}, {date(2026, 3, 23): 5}, {NEXT_WEEK: 101}, {NEXT_WEEK: -1}]
)
def test_weeks_that_are_not_shown_and_hours_that_do_not_fit_are_refused(ren, said):
    with pytest.raises(Refused, match=r"capacity\.wrong"):
        weeks.tell(said, by=ren, at=NOON)


def test_the_database_knows_mondays(ren):
    with pytest.raises(IntegrityError, match="week_capacity_is_of_a_monday"), transaction.atomic():
        WeekCapacity.objects.create(account=ren, week_on=date(2026, 4, 1), hours=5)


def test_rates_stand_in_their_order_and_may_have_decimals(ren):
    prices = [Price("hour", Decimal(2_000)), Price("character", Decimal("0.8"), Decimal("1.5"))]

    rates.tell(prices, by=ren, at=NOON)

    found = [(one.unit, one.yen_from, one.yen_to) for one in queries.rates(ren.pk)]
    assert found == [("hour", 2_000, None), ("character", Decimal("0.80"), Decimal("1.50"))]


@pytest.mark.parametrize(
    "price",
    [
        Price("", Decimal(1)),
        Price("hour", Decimal(0)),
        Price("hour", Decimal(2), Decimal(1)),
        Price("hour", Decimal(100_000_000)),
    ],
)
def test_rates_that_cannot_be_are_refused(ren, price):
    with pytest.raises(Refused, match=r"rate\."):
        rates.tell([price], by=ren, at=NOON)


def test_the_database_holds_the_ends_of_a_rate(ren):
    with pytest.raises(IntegrityError, match="rate_ends_above"), transaction.atomic():
        Rate.objects.create(account=ren, position=1, unit="hour", yen_from=2, yen_to=1)
