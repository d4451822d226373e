"""What a rating is made of and how much a number of ratings says (RE1, RE2, RE5, SA5). Pure."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from enishi.kit.days import days_after

ITEMS = ("skill", "quality", "schedule", "communication", "partnership")
LOWEST, HIGHEST = 1, 5
PRIOR_WEIGHT = 5  # RE5: as many ratings at the site's mean stand behind every score
SOME_FROM, ESTABLISHED_FROM = 4, 10  # SA5
ESTABLISHED_MEAN = 4
COMMENT_MOST = 2_000


def other_side(side: str) -> str:
    return "client" if side == "worker" else "worker"


def is_rating(overall: int, scores: Mapping[str, int]) -> bool:
    """All five items and the overall, each from 1 to 5."""
    values = [overall, *scores.values()]
    return set(scores) == set(ITEMS) and all(LOWEST <= value <= HIGHEST for value in values)


def reply_until(published_at: datetime, days: int) -> datetime:
    """The end of the time in which the rated person may answer, once."""
    return days_after(published_at, days)


def mean(distribution: Mapping[int, int]) -> Fraction | None:
    """The plain average of overall ratings, exact; None without any."""
    count = sum(distribution.values())
    if count == 0:
        return None
    return Fraction(sum(value * times for value, times in distribution.items()), count)


def adjusted(distribution: Mapping[int, int], site_mean: Fraction | None) -> Fraction | None:
    """The average drawn towards the site's mean the fewer ratings there are (RE5)."""
    count = sum(distribution.values())
    if count == 0:
        return None
    total = sum(value * times for value, times in distribution.items())
    prior = site_mean if site_mean is not None else Fraction(total, count)
    return (PRIOR_WEIGHT * prior + total) / (PRIOR_WEIGHT + count)


def weight(count: int, average: Fraction | None) -> str:
    """How much the ratings say: none, too_few, some or established (SA5)."""
    if count == 0 or average is None:
        return "none"
    if count < SOME_FROM:
        return "too_few"
    if count >= ESTABLISHED_FROM and average >= ESTABLISHED_MEAN:
        return "established"
    return "some"
