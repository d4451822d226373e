"""How the two sides of a deal behave: mostly well, and every trouble the rules know in its share.

Manners are dealt from a shuffled deck, so that a market of any size holds them in the same parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Generic, TypeVar

Piece = TypeVar("Piece")


class Deck(Generic[Piece]):
    """Draws every piece once before any comes again."""

    def __init__(self, pieces: Sequence[Piece], random: Random) -> None:
        self.pieces, self.random = tuple(pieces), random
        self.left: list[Piece] = []

    def draw(self) -> Piece:
        if not self.left:
            self.left = self.random.sample(self.pieces, len(self.pieces))
        return self.left.pop()


@dataclass(frozen=True, slots=True)
class Manner:
    """One deal's course. The first word of each comment is the usual one."""

    offer: str = "agreed"  # agreed | declined | withdrawn | ignored
    inspection_days: int = 0  # 0: as the rules say; else what the offer says instead (CO2)
    funding: str = "soon"  # soon | late | second_card | never
    delivery: str = "early"  # early | late | later_date | kept_date | unheard | never | given_back
    inspection: str = "accepts"  # accepts | revises | revises_twice | silent
    reviews: str = "both"  # both | client | worker | nobody
    tone: str = "good"  # of the reviews: good | fair | poor


WELL = Manner()
MANNERS = (
    *(WELL,) * 9,
    replace(WELL, tone="fair"),
    replace(WELL, reviews="client"),
    replace(WELL, reviews="worker"),
    replace(WELL, reviews="nobody"),
    replace(WELL, inspection_days=7),
    replace(WELL, inspection_days=10, inspection="revises"),
    replace(WELL, inspection="revises"),
    replace(WELL, inspection="revises"),
    replace(WELL, inspection="revises_twice", tone="fair"),
    replace(WELL, inspection="silent", tone="fair"),
    replace(WELL, inspection="silent", reviews="worker", tone="poor"),
    replace(WELL, funding="late"),
    replace(WELL, funding="second_card"),
    replace(WELL, funding="never"),
    replace(WELL, delivery="late", tone="fair"),
    replace(WELL, delivery="late", inspection="revises", tone="poor"),
    replace(WELL, delivery="later_date"),
    replace(WELL, delivery="later_date", inspection="revises"),
    replace(WELL, delivery="kept_date"),
    replace(WELL, delivery="unheard"),
    replace(WELL, delivery="never"),
    replace(WELL, delivery="given_back"),
    replace(WELL, offer="declined"),
    replace(WELL, offer="withdrawn"),
    replace(WELL, offer="ignored"),
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many days the people of one deal take for what they do, counted from what they wait
    for."""

    answer: int  # the worker, to an offer
    funds: int  # the client, to an agreement or the turn of a milestone
    works: int  # per mille of the time until the delivery date
    inspects: int
    revises: int
    reviews: tuple[int, int]  # client, worker


def pace(random: Random) -> Pace:
    return Pace(
        answer=random.choice((0, 0, 1, 1, 2)),
        funds=random.choice((0, 0, 1, 1, 2)),
        works=random.randint(550, 950),
        inspects=random.choice((0, 1, 1, 2, 2, 3, 5)),
        revises=random.choice((1, 2, 2, 3)),
        reviews=(random.randint(0, 6), random.randint(0, 9)),
    )
