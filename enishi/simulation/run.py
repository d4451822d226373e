"""`enishi simulate`: the demo's engine at any size. People who are alike in the files get numbers;
clients post again and again, at days of their own."""

import json
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from rich.progress import Progress

from enishi.accounts.models import Account
from enishi.kit import clock
from enishi.kit.days import day_of, start_of_day
from enishi.trust import commands as trust

from . import hours, people
from . import report as reports
from .acts import posting, ranking, waiting
from .engine import Calendar
from .market import read
from .walk import walk
from .world import Client, Opening, Person, World

Source = TypeVar("Source", read.Worker, read.Client)

JOINING = 14  # days, or a third of the time if that is shorter: until everybody is there
POSTS_EVERY = 18  # days between two posts of a client, on average


def simulate(
    *, workers: int, clients: int, days: int, seed: int, report: Path | None, progress: Progress
) -> dict[str, Any]:
    """Walk so many days up to now with so many people, and say what became of it."""
    size = {"workers": workers, "clients": clients, "days": days, "seed": seed}
    return simulate_until(clock.now(), report=report, progress=progress, **size)


def simulate_until(
    end: datetime,
    *,
    workers: int,
    clients: int,
    days: int,
    seed: int,
    report: Path | None,
    progress: Progress,
) -> dict[str, Any]:
    started = time.monotonic()
    first_day = day_of(end) - timedelta(days=days)
    world = World(Calendar(start=start_of_day(first_day), end=end), seed=seed)
    run = Account.objects.count()  # so that a second run on one market brings other people
    world.clients = _crowd(read.clients(), clients, run)
    world.workers = _crowd(_wanted_by(world.clients), workers, run)
    waiting.expect(world)
    ranking.expect(world)
    _expect_people(world, first_day, days)
    _expect_posts(world, first_day, days)
    walk(world, progress=progress, title=f"{days} days")
    trust.keep_all(at=end)
    facts = _facts(world, seconds=time.monotonic() - started)
    facts = {"workers": workers, "clients": clients, "days": days, "seed": seed, **facts}
    if report:
        report.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return facts


def _crowd(records: tuple[Source, ...], size: int, run: int) -> dict[str, Person[Source]]:
    """So many people, each like one of the files."""
    crowd = {}
    for number in range(size):
        like, again = records[number % len(records)], number // len(records)
        key = f"{like.id}-{run + number}"
        name = f"{like.name} {again + 1}" if again else like.name
        source = replace(like, id=key, name=name, email=f"{key}@simulated.example")
        crowd[key] = Person(source, like.id)
    return crowd


def _wanted_by(clients: dict[str, Client]) -> tuple[read.Worker, ...]:
    """Every worker of the files, those first whom these clients' posts name."""
    like = {client.like for client in clients.values()}
    named = [key for post in read.posts() if post.client_id in like for key in post.applicant_ids]
    return tuple(sorted(read.workers(), key=lambda worker: _place(worker.id, named)))


def _place(worker_id: str, named: list[str]) -> int:
    return named.index(worker_id) if worker_id in named else len(named)


def _expect_people(world: World, first_day: date, days: int) -> None:
    within = min(JOINING, max(1, days // 3))
    for client in world.clients.values():
        world.enter(_some_hour(world, first_day, within), people.join_client, client)
    for worker in world.workers.values():
        world.enter(_some_hour(world, first_day, within), people.join_worker, worker)


def _some_hour(world: World, first_day: date, within: int) -> datetime:
    day = first_day + timedelta(days=world.days(0, within - 1))
    return hours.some_hour(day, world.random)


def _expect_posts(world: World, first_day: date, days: int) -> None:
    """Each client posts what suits it, with pauses of any length between."""
    last_day = first_day + timedelta(days=days)
    for client in world.clients.values():
        own = [post for post in read.posts() if post.client_id == client.like] or list(read.posts())
        day = first_day + timedelta(days=min(JOINING, days // 3) + world.days(0, POSTS_EVERY))
        while day <= last_day:
            posting.expect(world, _opening(world, client, world.random.choice(own), day))
            day += timedelta(days=1 + round(world.random.expovariate(1 / POSTS_EVERY)))


def _opening(world: World, client: Client, post: read.Post, day: date) -> Opening:
    applies = read.defaults(post.category_id).application_days
    return Opening(client, post, day, applies=applies, chooses=applies + world.days(-1, 3))


def _facts(world: World, *, seconds: float) -> dict[str, Any]:
    return {
        "seconds": round(seconds, 1),
        "acts": world.tally["acts"],
        "refused": {
            name.removeprefix("refused "): number
            for name, number in sorted(world.tally.items())
            if name.startswith("refused ")
        },
        "counts": reports.counts(),
        "ledger": reports.money(),
        "waiting": reports.waiting(),
        "spans": reports.durations(),
    }
