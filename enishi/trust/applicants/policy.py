"""In which order a client reads applicants, by points that are said (AP6). Pure."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from enishi.trust.closeness.policy import STRANGERS, Closeness, nearness

ORDERS = ("newest", "closeness", "price", "fit")
LONGEST = 17  # digits of a number in a mark: within a bigint


@dataclass(frozen=True, slots=True)
class Wish:
    """What a post asks for: ids of the catalogue, the last day, and the whole price in yen."""

    skills: tuple[str, ...]
    category: str
    deliver_by: date | None
    yen_most: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How an application fits a post: each thing that holds is one point, and nothing else counts.
    `in_time` is None where the post names no day."""

    skills: tuple[str, ...]  # of those that the post names
    skills_named: int
    knows_category: bool  # has been paid for work in it
    in_time: bool | None
    in_budget: bool

    @property
    def points(self) -> int:
        return len(self.skills) + self.knows_category + (self.in_time is True) + self.in_budget

    @property
    def points_most(self) -> int:
        return self.skills_named + 2 + (self.in_time is not None)


def fit(
    wish: Wish,
    *,
    skills: Iterable[str],
    categories: Iterable[str],
    delivery_on: date,
    amount: int,
) -> Fit:
    """Of an application for `amount` yen by somebody with these skills, paid in these
    categories."""
    held = set(skills)
    return Fit(
        skills=tuple(named for named in wish.skills if named in held),
        skills_named=len(wish.skills),
        knows_category=wish.category in set(categories),
        in_time=None if wish.deliver_by is None else delivery_on <= wish.deliver_by,
        in_budget=amount <= wish.yen_most,
    )


@dataclass(frozen=True, slots=True)
class Applicant:
    """One application as the order sees it. `is_shown`: it belongs to the part of the list that
    is looked at; the others keep their places in the order."""

    id: int
    amount: int
    is_newcomer: bool = False
    closeness: Closeness = STRANGERS
    points: int = 0
    is_shown: bool = True


def ordered(applicants: Iterable[Applicant], order: str) -> list[Applicant]:
    """The first one first; of two alike, whoever applied later."""
    newest = sorted(applicants, key=_id, reverse=True)
    match order:
        case "closeness":
            return sorted(newest, key=_nearness, reverse=True)
        case "price":
            return sorted(newest, key=_amount)
        case "fit":
            return sorted(newest, key=_points, reverse=True)
        case _:
            return newest


def _id(one: Applicant) -> int:
    return one.id


def _nearness(one: Applicant) -> tuple[int, float]:
    return nearness(one.closeness)


def _amount(one: Applicant) -> int:
    return one.amount


def _points(one: Applicant) -> int:
    return one.points


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the list was read: the place, the last one placed by the order, and the last one
    given a newcomer's place; 0 before the first. Whoever applies meanwhile moves nobody."""

    place: int = 0
    by_order: int = 0
    newcomer: int = 0

    def __str__(self) -> str:
        return f"{self.place}-{self.by_order}-{self.newcomer}"

    @classmethod
    def read(cls, text: str) -> "Mark":
        """Anything but a mark is the beginning of the list."""
        parts = text.split("-")
        if len(parts) != 3 or not all(p.isascii() and p.isdigit() for p in parts):
            return cls()
        if any(len(part) > LONGEST for part in parts):
            return cls()
        return cls(*map(int, parts))


@dataclass(frozen=True, slots=True)
class Placed:
    """An application on its place, counted from 1. `is_reserved`: it is a newcomer's place."""

    place: int
    id: int
    is_reserved: bool


def placed(
    applicants: Sequence[Applicant], *, every: int, most: int, after: Mark | None = None
) -> tuple[list[Placed], Mark | None]:
    """The next places of an ordered list, and the mark of those that follow (None: nobody). On
    each `every`-th place stands the first newcomer who has none yet; where no newcomer is left,
    the order goes on."""
    mark = after or Mark()
    rest = deque(_not_yet_placed(applicants, mark))
    newcomers = deque(one for one in rest if one.is_newcomer)
    place, by_order, newcomer = mark.place, mark.by_order, mark.newcomer
    found: list[Placed] = []
    while rest and len(found) < most:
        place += 1
        is_reserved = place % every == 0 and bool(newcomers)
        if is_reserved:
            one = newcomers.popleft()
            rest.remove(one)
            newcomer = one.id
        else:
            one = rest.popleft()
            by_order = one.id
            if newcomers and newcomers[0] == one:
                newcomers.popleft()
        found.append(Placed(place, one.id, is_reserved))
    return found, Mark(place, by_order, newcomer) if rest else None


def _not_yet_placed(applicants: Sequence[Applicant], mark: Mark) -> list[Applicant]:
    """In an order without gaps, everyone up to the last one placed has been placed; of newcomers,
    everyone up to the last who was given their place."""
    order = {one.id: number for number, one in enumerate(applicants)}
    by_order, newcomer = order.get(mark.by_order, -1), order.get(mark.newcomer, -1)
    return [
        one
        for number, one in enumerate(applicants)
        if one.is_shown and number > by_order and not (one.is_newcomer and number <= newcomer)
    ]
