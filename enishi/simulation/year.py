"""The demo's year: on which day which post opens, so that the market is full on its last day.

Most posts have run their course; some of those that continue were opened again and again; and of
each state that waits there are a few, reached some days before the end.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .manners import WELL, Pace
from .market import read
from .world import Client, Opening, Worker

DAYS = 365
RESTS = {
    "open": 8,
    "choosing": 3,
    "offered": 2,
    "agreed": 2,
    "funded": 3,
    "changing": 1,
    "delivered": 3,
    "revising": 1,
}
# Days until the first delivery: enough to work without asking for more, or even past the end.
ROOM = {"funded": 14, "changing": 14, "delivered": 7, "revising": 7}
ROUNDS = (1, 2, 3)  # how often a continuing post was opened before
STEADY = Pace(answer=1, funds=1, works=700, inspects=1, revises=2, reviews=(2, 3))
AGO = {  # days since the state was reached, at the least and at the most; none reaches its clock
    "open": (1, 6),
    "choosing": (1, 3),
    "offered": (1, 4),
    "agreed": (1, 4),
    "funded": (1, 4),
    "changing": (1, 4),
    "delivered": (1, 8),
    "revising": (1, 3),
    "completed": (2, 6),
}


def opened_by(
    clients: dict[str, Client],
    posts: Sequence[read.Post],
    *,
    today: date,
    random: Random,
    taken: Collection[str] = (),
) -> list[Opening]:
    """Every opening of the year. Posts that are taken rest elsewhere, in a story of their own."""
    resting = _resting([post for post in random.sample(posts, len(posts)) if post.id not in taken])
    openings: list[Opening] = []
    for post in posts:
        client = clients[post.client_id]
        last = None
        is_over = post.id not in resting and post.id not in taken
        for days in _past(post, is_over=is_over, random=random):
            last = _walked(client, post, today - timedelta(days=days), random, earlier=last)
            openings.append(last)
        if post.id in resting:
            made = at_rest(client, post, resting[post.id], today=today, random=random)
            made.earlier = last
            openings.append(made)
    return openings


def _resting(shuffled: Sequence[read.Post]) -> dict[str, str]:
    """Which posts wait on the last day, and where. Those that continue come first."""
    left = sorted(shuffled, key=lambda post: not post.is_continuing)
    found: dict[str, str] = {}
    for rests, wanted in sorted(RESTS.items(), key=_least_room):
        fitting = [post for post in left if post.due_days[0] >= ROOM.get(rests, 0)]
        for post in fitting[:wanted]:
            found[post.id] = rests
            left.remove(post)
    return found


def _least_room(item: tuple[str, int]) -> int:
    """Those that ask for most choose first."""
    return -ROOM.get(item[0], 0)


def _past(post: read.Post, *, is_over: bool, random: Random) -> list[int]:
    """How many days ago the post was opened before, the longest first. More of late: the market
    has grown."""
    rounds = random.choice(ROUNDS) if post.is_continuing else int(is_over)
    newest = 20 + post.delivery_days // 2
    spread = [newest + int((DAYS - 30 - newest) * random.random() ** 1.4) for _ in range(rounds)]
    return sorted(spread, reverse=True)


def _walked(
    client: Client, post: read.Post, day: date, random: Random, *, earlier: Opening | None
) -> Opening:
    applies = read.defaults(post.category_id).application_days
    return Opening(
        client, post, day, applies=applies, chooses=applies + random.randint(-1, 3), earlier=earlier
    )


def at_rest(
    client: Client,
    post: read.Post,
    rests: str,
    *,
    today: date,
    random: Random,
    ago: int = 0,
    favourite: Worker | None = None,
) -> Opening:
    """An opening whose deal stands in this state since `ago` days when the day is today."""
    applies = read.defaults(post.category_id).application_days
    chooses = applies + 1
    ago = ago or random.randint(*AGO[rests])
    agreed = chooses + STEADY.answer
    funded = agreed + STEADY.funds
    due = applies + post.due_days[0]
    delivered = funded + max(1, (due - funded) * STEADY.works // 1000)
    days = {
        "open": 0,
        "choosing": applies,
        "offered": chooses,
        "agreed": agreed,
        "funded": funded,
        "changing": funded + 1,
        "delivered": delivered,
        "revising": delivered + STEADY.inspects,
        "completed": delivered + STEADY.inspects,
    }[rests]
    return Opening(
        client,
        post,
        today - timedelta(days=days + ago),
        applies=ago if rests == "open" else applies,
        chooses=chooses,
        rests=rests,
        favourite=favourite,
        manner=replace(WELL, inspection="revises") if rests == "revising" else WELL,
        pace=STEADY,
    )
