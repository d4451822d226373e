"""The five ranks of a worker and what each asks for (RA1–RA6). Pure: plain facts in, plain answers
out, with exact fractions and no rounding."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

RANKS = ("unranked", "regular", "bronze", "silver", "certified")
LISTED = ("regular", "bronze", "silver", "certified")  # RA3: clients find these

INTRODUCTION_LEAST = 300  # characters
CHECKS = ("identity", "confidentiality", "phone")
COMPLETED_LEAST = Fraction(90, 100)
RATING_LEAST = Fraction(48, 10)
REPLIES_LEAST = Fraction(80, 100)
TOP_SHARE = 5  # one in five
EARNERS_LEAST = 5  # with fewer, nobody can be of the top fifth
# The limits as pages and letters say them, by the name of the condition.
LIMITS = {
    "introduction": str(INTRODUCTION_LEAST),
    "completed": f"{int(COMPLETED_LEAST * 100)}%",
    "rating": f"{float(RATING_LEAST)}",
    "replies": f"{int(REPLIES_LEAST * 100)}%",
    "earned": f"{100 // TOP_SHARE}%",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a worker on `day` (Tokyo). Spans of 365 and 90 days end with it. Contracts
    and ratings are counted by order (RA7); `rating_sum` is the sum of the orders' means, yen are
    released amounts before the fee."""

    day: date
    is_active: bool = True
    has_name: bool = False
    has_image: bool = False
    introduction: int = 0
    shown: int = 0  # skills, portfolio pieces and open service packages
    learned: int = 0  # experience and qualifications
    identity: bool = False
    confidentiality: bool = False
    phone: bool = False
    withdrawn: bool = False  # the office took one of these checks back, and none stands instead
    signed_in_on: date | None = None
    funded: int = 0  # contracts agreed and funded, ever
    completed: int = 0
    faulted: int = 0  # ended by the worker's fault
    ratings: int = 0
    rating_sum: Fraction = Fraction(0)
    replies: int = 0
    replies_within: int = 0
    category: str = ""  # where most was earned
    earned: int = 0
    position: int = 0
    earners: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a rank asks for. `value` and `needed` are of one kind: numbers, fractions or days;
    `sample` says of how many, where it is a share or a mean."""

    name: str
    rank: str
    holds: bool
    value: object = None
    needed: object = None
    sample: int | None = None

    @property
    def missing(self) -> int | None:
        """How much a count still lacks; None for anything that is no count."""
        if isinstance(self.value, int) and isinstance(self.needed, int) and not self.holds:
            return self.needed - self.value
        return None


def conditions(facts: Facts) -> list[Condition]:
    """Every condition of every rank, in the order of the path."""
    return [condition for asked in ASKED.values() for condition in asked(facts)]


def rank(facts: Facts) -> str:
    """The highest rank whose conditions, and those of all ranks below it, hold."""
    reached = RANKS[0]
    for one, asked in ASKED.items():
        if not all(condition.holds for condition in asked(facts)):
            break
        reached = one
    return reached


def lacking(facts: Facts, present: str) -> list[Condition]:
    """What this rank and those below it ask for, and which does not hold."""
    place = RANKS.index(present)
    return [one for one in conditions(facts) if not one.holds and RANKS.index(one.rank) <= place]


def above(one: str, other: str) -> bool:
    return RANKS.index(one) > RANKS.index(other)


def next_rank(present: str) -> str | None:
    place = RANKS.index(present) + 1
    return RANKS[place] if place < len(RANKS) else None


def one_lower(present: str) -> str:
    return RANKS[max(RANKS.index(present) - 1, 0)]


def same_day_last_month(day: date) -> date:
    """Clamped to the month's end: of the 31st of March it is the last day of February (RA2)."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_top(position: int, earners: int) -> bool:
    return earners >= EARNERS_LEAST and 1 <= position <= earners // TOP_SHARE


def falls_at_once(facts: Facts) -> bool:
    """A suspension and a check that the office withdrew act at once (RA8)."""
    return not facts.is_active or facts.withdrawn


def _regular(facts: Facts) -> list[Condition]:
    since = same_day_last_month(facts.day)
    signed_in = facts.signed_in_on
    return [
        Condition("active", "regular", facts.is_active),
        Condition("name", "regular", facts.has_name),
        Condition("image", "regular", facts.has_image),
        Condition(
            "introduction",
            "regular",
            facts.introduction >= INTRODUCTION_LEAST,
            facts.introduction,
            INTRODUCTION_LEAST,
        ),
        Condition("shown", "regular", facts.shown >= 1, facts.shown, 1),
        Condition("learned", "regular", facts.learned >= 1, facts.learned, 1),
        *(Condition(check, "regular", getattr(facts, check)) for check in CHECKS),
        Condition(
            "signed_in",
            "regular",
            signed_in is not None and signed_in >= since,
            signed_in,
            since,
        ),
    ]


def _bronze(facts: Facts) -> list[Condition]:
    return [Condition("funded", "bronze", facts.funded >= 1, facts.funded, 1)]


def _silver(facts: Facts) -> list[Condition]:
    ended = facts.completed + facts.faulted
    return [
        _share("completed", facts.completed, ended, COMPLETED_LEAST),
        _share("rating", facts.rating_sum, facts.ratings, RATING_LEAST),
        _share("replies", facts.replies_within, facts.replies, REPLIES_LEAST),
    ]


def _certified(facts: Facts) -> list[Condition]:
    return [
        Condition(
            "earned",
            "certified",
            is_top(facts.position, facts.earners),
            facts.position,
            facts.earners // TOP_SHARE,
            facts.earners,
        )
    ]


def _share(name: str, part: int | Fraction, whole: int, least: Fraction) -> Condition:
    """Without a sample it does not hold: nothing is known yet."""
    value = Fraction(part) / whole if whole else None
    return Condition(name, "silver", value is not None and value >= least, value, least, whole)


ASKED: dict[str, Callable[[Facts], list[Condition]]] = {
    "regular": _regular,
    "bronze": _bronze,
    "silver": _silver,
    "certified": _certified,
}
