"""Workers read a post and apply; a few hold their offer, a few take it back."""

from datetime import datetime, timedelta

from enishi.jobs.models import Job
from enishi.kit.days import day_of
from enishi.messaging import commands as messaging
from enishi.proposals import commands as proposals
from enishi.proposals.lifecycle import WAITS_FOR_CLIENT
from enishi.proposals.models import Proposal
from enishi.simulation.market import voices
from enishi.simulation.world import Opening, Worker, World

from . import choosing

MOST = 4  # applicants of one post
PRICES = (95, 100, 100, 100, 100, 105)  # percent of what the post names
STEP = 1000  # yen between two prices
HELD_FOR = timedelta(days=12)


def able(world: World, opening: Opening) -> list[Worker]:
    """Who could do this work and has joined, those whom the post names first."""
    names, category = opening.post.applicant_ids, opening.post.category_id
    joined = [each for each in world.workers.values() if each.joined is not None]
    named = [each for each in joined if each.like in names]
    near = [each for each in joined if each.source.category_id == category and each not in named]
    return [*named, *near]


def expect(world: World, opening: Opening, at: datetime) -> None:
    """Those who apply, each on a day of their own. No two of them write the same."""
    names = opening.post.applicant_ids
    written = len(voices.answers(opening.post.id)[0])
    people = [each for each in able(world, opening) if each not in opening.invited]
    named = [each for each in people if each.like in names]
    near = [each for each in people if each.like not in names]
    most = max(0, MOST - len(opening.invited))
    chosen = world.random.sample(named, min(len(named), most))
    room = max(0, min(most - len(chosen), written - len(names), len(near)))
    chosen += world.random.sample(near, room)
    for place, worker in enumerate([*opening.invited, *chosen]):
        days = world.days(0, max(0, opening.applies - 1))
        world.later(at, days, apply, opening, worker, place)


def apply(world: World, opening: Opening, worker: Worker, place: int, at: datetime) -> None:
    """One applies: every question is answered, with a price and a day (AP1)."""
    job = Job.objects.get(pk=opening.job_id)
    if job.status != "open" or job.delivery_on is None:
        return
    sent = proposals.send(
        job.pk,
        by=worker.account,
        at=at,
        amount=_price(world, opening, job),
        delivery_on=job.delivery_on + timedelta(days=_more_days(world, opening)),
        message=_message(opening, worker, place),
        answers=dict(zip(job.questions, _answers(opening, worker, place), strict=True)),
        questions_back=world.draw(voices.decisions("own_questions")) if world.chance(30) else "",
    )
    opening.applied[sent.pk] = worker
    world.tally["proposals"] += 1
    choosing.expect_first_look(world, opening, sent, at)
    _expect_second_thoughts(world, opening, sent.pk, at)


def _price(world: World, opening: Opening, job: Job) -> int:
    """What the post names, a little less or more, in round sums; units keep their price. A plan
    whose days were counted out is kept."""
    if not _is_free(opening) and job.milestones:
        return job.budget_max
    if job.pricing == "per_unit":
        unit = opening.post.price_low if world.chance(75) else opening.post.price_high
        return unit * opening.post.quantity
    if job.budget_min < job.budget_max:
        return world.random.randrange(job.budget_min, job.budget_max + 1, STEP)
    return job.budget_max * world.random.choice(PRICES) // 100


def _is_free(opening: Opening) -> bool:
    """Whether price and day may be anything: no deal whose days were counted out follows."""
    return opening.rests in ("", "open", "choosing")


def _more_days(world: World, opening: Opening) -> int:
    """Where several wait to be compared, they promise different days."""
    return world.random.choice((-3, 0, 2, 4)) if opening.rests in ("open", "choosing") else 0


def _message(opening: Opening, worker: Worker, place: int) -> str:
    pieces = voices.proposals(opening.post.subcategory_id)
    turn = opening.opens_on.month  # the same person writes another letter next time
    return voices.say(
        pieces[(place + turn) % len(pieces)],
        client=opening.client.source.name,
        worker=worker.source.name,
        title=opening.post.title,
        experience=worker.source.experience[1],
        hours=worker.source.hours,
    )


def _answers(opening: Opening, worker: Worker, place: int) -> list[str]:
    """Their own where the post names them, else one that was written for nobody in particular."""
    names = opening.post.applicant_ids
    if worker.like in names:
        place = names.index(worker.like)
    else:
        place += len(names)
    return [variants[place % len(variants)] for variants in voices.answers(opening.post.id)]


def _expect_second_thoughts(world: World, opening: Opening, proposal_id: int, at: datetime) -> None:
    worker = opening.applied[proposal_id]
    if opening.rests or worker in (*opening.invited, opening.favourite):
        return
    if world.chance(8):
        world.later(at, world.days(2, 6), withdraw, worker, proposal_id)
    elif world.chance(8):
        world.later(at, world.days(1, 3), hold, worker, proposal_id)


def withdraw(world: World, worker: Worker, proposal_id: int, at: datetime) -> None:
    """The worker says why, and takes the application back (AP4)."""
    if proposal := _waiting(proposal_id):
        why = world.draw(voices.decisions("withdraw"))
        messaging.post(proposal.thread_id, by=worker.account, at=at, body=why)
        proposals.withdraw(proposal_id, by=worker.account, at=at)


def hold(world: World, worker: Worker, proposal_id: int, at: datetime) -> None:
    if _waiting(proposal_id):
        until = day_of(at + HELD_FOR)
        proposals.hold(proposal_id, by=worker.account, at=at, until=until)


def _waiting(proposal_id: int) -> Proposal | None:
    return Proposal.objects.filter(pk=proposal_id, status__in=WAITS_FOR_CLIENT).first()
