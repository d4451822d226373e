"""Fees and taxes by date. A change of law or of the fee is a new row here: contracts offered before
keep what they were offered under. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Rates:
    """In hundredths of a percent (1021 = 10.21 %), money in whole yen."""

    fee_tiers: tuple[tuple[int, int], ...] = ((100_000, 2000), (100_000, 1000))  # CO9 width, rate
    fee_above_tiers: int = 500  # CO9
    fee_counts_from: int = 0  # CO9, long relations: how far up the tiers a contract begins
    consumption_tax: int = 1000  # CO8, CO9
    withholding_rate: int = 1021  # CO10
    withholding_limit: int = 1_000_000  # CO10
    withholding_rate_above: int = 2042  # CO10


@dataclass(frozen=True, slots=True)
class Period:
    since: date  # the first day in Tokyo
    rates: Rates


# In order. The first holds for every day before it, too.
PERIODS = (Period(date(2019, 10, 1), Rates()),)


def rates_on(day: date, periods: Sequence[Period] = PERIODS) -> Rates:
    return next(
        (one.rates for one in reversed(periods) if one.since <= day),
        periods[0].rates,
    )
