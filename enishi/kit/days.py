"""Days and business days in Tokyo (product.md, Time). Pure: an instant in, an instant out."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

TOKYO = ZoneInfo("Asia/Tokyo")
SATURDAY = 5


def day_of(at: datetime) -> date:
    """The calendar day in Tokyo that an instant belongs to."""
    return at.astimezone(TOKYO).date()


def start_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min, TOKYO).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """24:00 Tokyo of that day, which is the first instant of the next."""
    return start_of_day(day + timedelta(days=1))


def last_day(end: datetime) -> date:
    """The day that a span ending at `end` lets one use in full: 24:00 belongs to it."""
    return day_of(end - timedelta(microseconds=1))


def days_after(at: datetime, days: int) -> datetime:
    """24:00 of the n-th day after the day of the event (event day = 0)."""
    return end_of_day(day_of(at) + timedelta(days=days))


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("JP", years=year))


def is_business_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _holidays_of(day.year)


def business_days_after(at: datetime, days: int) -> datetime:
    """24:00 of the n-th business day strictly after the day of the event."""
    day = day_of(at)
    while days > 0:
        day += timedelta(days=1)
        days -= is_business_day(day)
    return end_of_day(day)


def next_business_day(day: date) -> date:
    """The day itself if it is a business day, else the first one after it."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def is_bank_day(day: date) -> bool:
    """Banks also rest from the last day of December to the third of January, by their own law."""
    is_new_year = (day.month, day.day) in ((12, 31), (1, 1), (1, 2), (1, 3))
    return is_business_day(day) and not is_new_year


def bank_day_before(day: date) -> date:
    """The day itself if banks work on it, else the last one before it."""
    while not is_bank_day(day):
        day -= timedelta(days=1)
    return day


def bank_day_after(day: date) -> date:
    """The day itself if banks work on it, else the first one after it."""
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day
