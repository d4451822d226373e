"""The steps of a filling in their order, some thousands of posts at a time."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection

from . import clocks, hiring, money, people, plan, working
from .ground import Ground, Size

POSTS_AT_A_TIME = 10_000
MEMORY = "256MB"  # for sorting and hashing, in this session
Step = Callable[[Ground, str], Iterator[str]]
STEPS: dict[str, Step] = {
    "threads": hiring.threads,
    "posts": hiring.posts,
    "proposals": hiring.proposals,
    "contracts": working.contracts,
    "pieces": working.pieces,
    "ends": working.ends,
    "reviews": working.reviews,
}
TABLES = (
    *("jobs_job", "proposals_proposal", "messaging_thread", "messaging_message"),
    *("contracts_contract", "contracts_milestone"),
)


def fill(size: Size, *, at: datetime, is_loud: bool = False) -> Ground:
    """Fill a market up to `at`; returns how long each step took. Outside a transaction each
    statement is one of its own."""
    if not connection.in_atomic_block:
        connection.close()  # how much memory temporary tables have is said before the first of them
    with connection.cursor() as cursor:
        ground = Ground(cursor, size, at, is_loud)
        ground.run(f"set work_mem = '{MEMORY}'")
        if not connection.in_atomic_block:
            ground.run(f"set temp_buffers = '{MEMORY}'")
        with ground.step("people"):
            workers, clients = people.fill(ground)
        ground.tell(f"{size.workers:,} workers, {size.clients:,} clients")
        with ground.step("plan"):
            clocks.make(ground)
            plan.make(ground, workers=workers, clients=clients)
        for first in range(1, size.posts + 1, POSTS_AT_A_TIME):
            _some(ground, first, first + POSTS_AT_A_TIME)
        with ground.step("sequences"):
            ground.follow(*TABLES)
        with ground.step("money"):
            money.fill(ground)
        ground.run("reset work_mem")
        ground.run("set constraints all immediate")
    return ground


def _some(ground: Ground, first: int, end: int) -> None:
    for name, step in STEPS.items():
        with ground.step(name):
            for statement in step(ground, f"j >= {first} and j < {end}"):
                ground.run(statement)
    ground.tell(f"{min(end - 1, ground.size.posts):,} of {ground.size.posts:,} posts")
