"""When people act: between 7:00 and 23:00 in Tokyo, each at an hour of their own. Pure."""

from datetime import date, datetime, timedelta
from random import Random

from enishi.kit.days import day_of, start_of_day

MORNING, NIGHT = 7 * 3600, 23 * 3600  # seconds of the Tokyo day
NOONISH = 13 * 3600
SOON = (12 * 60, 150 * 60)  # what follows on the same day takes so many seconds


def at_hour(day: date, hour: float) -> datetime:
    return start_of_day(day) + timedelta(hours=hour)


def some_hour(day: date, random: Random) -> datetime:
    """An instant of that day, more often around noon than at its ends."""
    return start_of_day(day) + timedelta(seconds=int(random.triangular(MORNING, NIGHT, NOONISH)))


def days_later(at: datetime, days: int, random: Random) -> datetime:
    """Some hour of the n-th day after; with 0, later on the same day, or early on the next."""
    if days > 0:
        return some_hour(day_of(at) + timedelta(days=days), random)
    return awake(at + timedelta(seconds=random.randint(*SOON)), random)


def awake(at: datetime, random: Random) -> datetime:
    """The same instant, or, if people sleep then, the next morning."""
    day = day_of(at)
    if at < start_of_day(day) + timedelta(seconds=MORNING):
        return _early(day, random)
    if at > start_of_day(day) + timedelta(seconds=NIGHT):
        return _early(day + timedelta(days=1), random)
    return at


def _early(day: date, random: Random) -> datetime:
    return start_of_day(day) + timedelta(seconds=random.randint(MORNING, MORNING + 7200))
