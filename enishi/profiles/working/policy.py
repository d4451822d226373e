"""When somebody can work, week by week, and for how much (VE2). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from enishi.profiles.limits import RATE_MOST, WEEKS


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its Monday, the hours one can give (None: not said), and whether it was set."""

    on: date
    hours: int | None
    is_set: bool

    @property
    def ends_on(self) -> date:
        return self.on + timedelta(days=6)


def week_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def weeks(today: date, *, usual: int | None, said: Mapping[date, int]) -> list[Week]:
    """This week and those after it. Where nothing else was said, the usual hours hold."""
    first = week_of(today)
    days = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return [Week(day, said.get(day, usual), day in said) for day in days]


@dataclass(frozen=True, slots=True)
class Price:
    """Yen for one unit, from and up to; with two decimals at most."""

    unit: str
    yen_from: Decimal
    yen_to: Decimal | None = None


def price_fault(price: Price) -> str:
    """The code of what is wrong; empty: nothing."""
    if not price.unit:
        return "rate.unit_missing"
    if not 0 < price.yen_from <= (price.yen_to or price.yen_from) <= RATE_MOST:
        return "rate.reversed"
    return ""
