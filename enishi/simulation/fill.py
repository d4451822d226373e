"""`enishi demo fill`: a year of hires up to the market's present, walked through the real commands.

The same seed gives the same market: ids, texts, and days counted from today.
"""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from rich.progress import Progress

from enishi.accounts import demo
from enishi.kit import clock
from enishi.kit.days import day_of, start_of_day
from enishi.trust import commands as trust

from . import hours, people, story, year
from .acts import circling, posting, proving, ranking, waiting
from .engine import Calendar
from .market import read
from .walk import walk
from .world import Opening, World


def fill(*, seed: int, progress: Progress) -> Counter[str]:
    """Fill an empty market up to now. What was done is counted by name."""
    return fill_until(clock.now(), seed=seed, progress=progress)


def fill_until(end: datetime, *, seed: int, progress: Progress) -> Counter[str]:
    today = day_of(end)
    first_day = today - timedelta(days=year.DAYS)
    world = World(Calendar(start=start_of_day(first_day), end=end), seed=seed)
    world.workers = people.gathered(read.workers())
    world.clients = people.gathered(read.clients())
    told = story.begin(world, today=today)
    openings = year.opened_by(
        world.clients,
        read.posts(),
        today=today,
        random=world.random,
        taken={opening.post.id for opening in told if opening.rests},
    )
    waiting.expect(world)
    ranking.expect(world)
    proving.wait(world, end)
    circling.expect(world, today=today)
    _expect_office(world, first_day)
    _expect_people(world, [*openings, *told], first_day)
    for opening in [*openings, *told]:
        posting.expect(world, opening)
    walk(world, progress=progress, title="A year of hires")
    trust.keep_all(at=end)
    return world.tally


def _expect_office(world: World, first_day: date) -> None:
    for minutes, person in enumerate(each for each in demo.PEOPLE if each.grade):
        at = hours.at_hour(first_day, 9 + minutes / 60)
        world.enter(at, people.join_office, person)


def _expect_people(world: World, openings: list[Opening], first_day: date) -> None:
    """Everybody joins some days before the market first needs them; the rest when they like."""
    needed = _needed(openings)
    for worker in world.workers.values():
        day = _joining(needed.get(worker.like), first_day, world.random)
        joins = hours.some_hour(day, world.random)
        world.enter(joins, people.join_worker, worker)
        proving.expect(world, worker, joins)
    for client in world.clients.values():
        day = _joining(needed.get(client.like), first_day, world.random)
        joins = hours.some_hour(day, world.random)
        world.enter(joins, people.join_client, client)
        proving.expect(world, client, joins)


def _needed(openings: list[Opening]) -> dict[str, date]:
    days: dict[str, date] = {}
    for opening in openings:
        for key in (opening.client.like, *opening.post.applicant_ids):
            days[key] = min(days.get(key, opening.opens_on), opening.opens_on)
    return days


def _joining(needed: date | None, first_day: date, random: Random) -> date:
    if needed is None:
        return first_day + timedelta(days=random.randint(20, year.DAYS - 30))
    return max(first_day, needed - timedelta(days=random.randint(2, 25)))
