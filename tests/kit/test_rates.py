"""CO8–CO10: rates are data by date, and a day has those of the last period that has begun."""

from dataclasses import replace
from datetime import date

import pytest

from enishi.kit.rates import PERIODS, Period, Rates, rates_on
from enishi.kit.rules import Rules

OLD, NEW = Rates(consumption_tax=800), Rates(withholding_rate=1000)
TWO = (Period(date(2014, 4, 1), OLD), Period(date(2030, 1, 1), NEW))


@pytest.mark.parametrize(
    ("day", "rates"),
    [
        (date(2000, 1, 1), OLD),
        (date(2014, 4, 1), OLD),
        (date(2029, 12, 31), OLD),
        (date(2030, 1, 1), NEW),
        (date(2099, 1, 1), NEW),
    ],
)
def test_a_day_has_the_rates_of_the_last_period_that_began(day, rates):
    assert rates_on(day, TWO) == rates
    assert replace(Rules(), periods=TWO).on(day).rates == rates


def test_periods_stand_in_order_and_the_rates_of_today_are_those_of_the_rules():
    """The check values of product.md."""
    today = Rules().on(date(2026, 4, 1))

    assert sorted(PERIODS, key=lambda one: one.since) == list(PERIODS)
    assert (today.fee_tiers, today.fee_above_tiers) == (((100_000, 2000), (100_000, 1000)), 500)
    assert (today.consumption_tax, today.withholding_rate) == (1000, 1021)
    assert (today.withholding_limit, today.withholding_rate_above) == (1_000_000, 2042)
