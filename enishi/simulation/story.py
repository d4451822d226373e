"""Hana and Ren: whoever signs in as one of them finds a desk with something of each kind to do.

Hana: applications to answer, a question, an agreement to fund, a delivery to inspect, a review to
write. Ren: an offer with a difference to its post, a funded milestone to deliver, an application
that waits. Both have worked before, so that others know them.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from enishi.contracts.models import Contract
from enishi.jobs import commands as jobs
from enishi.messaging import commands as messaging
from enishi.messaging.models import ThreadMember
from enishi.notifications import commands as notifications
from enishi.notifications.models import Notice

from . import hours, people, year
from .acts import proving, reporting
from .manners import WELL
from .market import read, voices
from .world import Client, Opening, Person, Worker, World

HANA_JOINS, REN_JOINS, TEAM_JOINS = 210, 330, 60  # days ago


def begin(world: World, *, today: date) -> list[Opening]:
    """Their posts and deals, to be opened with those of the year."""
    hana = Person(read.cast().hana, "hana")
    ren = Person(read.cast().ren, "ren")
    _expect_both(world, hana, ren, today)
    return [*_before(world, hana, ren, today), *_now(world, hana, ren, today)]


def _before(world: World, hana: Client, ren: Worker, today: date) -> list[Opening]:
    """What they have behind them."""
    photographer = world.workers["w38"]
    rows = (
        (world.clients["cl01"], "mj01", 270, ren),
        (world.clients["cl08"], "mj02", 215, ren),
        (world.clients["cl10"], "mj05", 150, ren),
        (world.clients["cl10"], "mj05", 80, ren),
        (hana, "hn04", 130, photographer),
    )
    return [_walked(client, read.post(post), today, ago, who) for client, post, ago, who in rows]


def _walked(client: Client, post: read.Post, today: date, ago: int, favourite: Worker) -> Opening:
    applies = read.defaults(post.category_id).application_days
    day = today - timedelta(days=ago)
    opening = Opening(client, post, day, applies=applies, chooses=applies + 1)
    opening.invited, opening.favourite = (favourite,), favourite
    opening.manner, opening.pace = WELL, year.STEADY
    return opening


def _now(world: World, hana: Client, ren: Worker, today: date) -> list[Opening]:
    """What stands on their desks today."""
    w18, w38 = world.workers["w18"], world.workers["w38"]
    rows = (
        (hana, "hn01", "open", 4, None),
        (hana, "hn02", "completed", 3, ren),
        (hana, "hn03", "agreed", 2, w18),
        (hana, "hn04", "delivered", 1, w38),
        (hana, "hn05", "funded", 3, ren),
        (world.clients["cl08"], "mj02", "offered", 2, ren),
        (world.clients["cl01"], "mj01", "choosing", 1, ren),
    )
    found = {}
    for client, post, rests, ago, favourite in rows:
        opening = year.at_rest(
            client, read.post(post), rests, today=today, random=world.random, ago=ago
        )
        if favourite:
            opening.invited, opening.favourite = (favourite,), favourite
        if rests == "offered":
            opening.manner = replace(WELL, inspection_days=7)  # to be confirmed (CO2)
        found[post] = opening
    yesterday = today - timedelta(days=1)
    world.enter(hours.at_hour(yesterday, 15.3), ask, found["hn01"], world.workers["w03"])
    world.enter(hours.at_hour(yesterday, 22.9), write, found["hn05"])
    world.enter(hours.at_hour(yesterday, 20.4), reporting.one_waits)
    return list(found.values())


def ask(world: World, opening: Opening, worker: Worker, at: datetime) -> None:
    """A question that waits for Hana's answer."""
    piece = voices.public_questions(opening.post.subcategory_id)[-1]
    jobs.ask(opening.job_id, by=worker.account, at=at, text=piece.question)


def write(world: World, opening: Opening, at: datetime) -> None:
    """A line from somebody of Hana's team that Ren has not read yet."""
    contract = Contract.objects.get(job_id=opening.job_id)
    lines = voices.messages("funded", "client")
    by = people.acting_for(opening.client, at=at)
    messaging.post(contract.thread_id, by=by, at=at, body=world.draw(lines))


def _expect_both(world: World, hana: Client, ren: Worker, today: date) -> None:
    both = (
        (hana, hours.at_hour(today - timedelta(days=HANA_JOINS), 20.2), people.join_client),
        (ren, hours.at_hour(today - timedelta(days=REN_JOINS), 9.4), people.join_worker),
    )
    for person, joins, join in both:
        world.enter(joins, join, person)
        proving.expect(world, person, joins)
    world.enter(hours.at_hour(today - timedelta(days=TEAM_JOINS), 9.5), people.join_team, hana)
    evening = hours.at_hour(today - timedelta(days=3), 21.5)
    world.enter(evening, read_all, hana)
    world.enter(evening, read_all, ren)


def read_all(world: World, person: Client | Worker, at: datetime) -> None:
    """Up to this evening nothing was left unread; what came later is news."""
    account = person.account
    unread = ThreadMember.objects.filter(account=account, unread__gt=0).order_by("thread_id")
    for thread_id in list(unread.values_list("thread_id", flat=True)):
        messaging.read(thread_id, by=account, at=at)
    newest = Notice.objects.filter(account=account).order_by("-pk").first()
    if newest:
        notifications.read(by=account, at=at, up_to=newest.pk)
