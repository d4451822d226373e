"""What a rating is made of and how much a number of ratings says (RE1–RE5, SA5). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from enishi.kit.days import days_after

ITEMS = ("skill", "quality", "schedule", "communication", "partnership")
LOWEST, HIGHEST = 1, 5
PRIOR_WEIGHT = 5  # RE5: as many ratings at the site's mean stand behind every score
SOME_FROM, ESTABLISHED_FROM = 4, 10  # SA5
ESTABLISHED_MEAN = 4
COMMENT_MOST = 2_000
AGAIN = ("yes", "perhaps", "no")  # RE4: will you order again?
PROMISES = ("more_work", "more_pay")  # ME6: continuing work intended, higher pay next time
KEPT = ("none", "kept", "broken")  # it was not promised; it was, and was kept or was not
EFFECTS = ("hidden", "out", "restored")  # the comment is not shown; nor does it count; as written


@dataclass(frozen=True, slots=True)
class Closing:
    """The client's answers at the end (RE4): what would make it a 5, and one of AGAIN, or ""."""

    better: str = ""
    again: str = ""

    def __bool__(self) -> bool:
        return bool(self.better.strip() or self.again)


def other_side(side: str) -> str:
    return "client" if side == "worker" else "worker"


def is_rating(overall: int, scores: Mapping[str, int]) -> bool:
    """All five items and the overall, each from 1 to 5."""
    values = [overall, *scores.values()]
    return set(scores) == set(ITEMS) and all(LOWEST <= value <= HIGHEST for value in values)


def raters(status: str, fault: str) -> tuple[str, ...]:
    """Which sides may rate: both when it was finished and paid (RE1), the one not at fault when it
    ended early (RE3), otherwise nobody. `fault` is the contract's: client | worker | ""."""
    if status == "completed":
        return ("client", "worker")
    return (other_side(fault),) if status == "ended" and fault else ()


def note_is_shown(*, is_reviewed: bool, closes_at: datetime | None, at: datetime) -> bool:
    """May the worker read the closing note? When the client's review has appeared or none can come
    any more: whoever still rates must not be led by it (RE2, RE4)."""
    return is_reviewed or (closes_at is not None and at >= closes_at)


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
