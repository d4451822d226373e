"""A client posts work, again and again where it continues, and answers what is asked about it."""

from datetime import datetime, timedelta

from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.jobs.policy import rescheduled
from enishi.simulation import terms
from enishi.simulation.hours import some_hour
from enishi.simulation.market import voices
from enishi.simulation.world import Opening, Worker, World

from . import applying, choosing

EXTENDED_BY = timedelta(days=3)


def expect(world: World, opening: Opening) -> None:
    """The post opens at some hour of its day."""
    world.enter(some_hour(opening.opens_on, world.random), post, opening)


def post(world: World, opening: Opening, at: datetime) -> None:
    """A new post, or a copy of the earlier one with new days."""
    client, source = opening.client, opening.post
    words = terms.of_post(source, client.source, on=opening.opens_on)
    draft_id = None
    if opening.earlier and opening.earlier.job_id:
        draft_id = jobs.copy(opening.earlier.job_id, by=client.account, at=at).pk
    job = jobs.publish(draft_id, by=client.account, at=at, terms=words)
    opening.job_id, opening.left = job.pk, min(source.headcount, 2)
    applying.expect(world, opening, at)
    _expect_questions(world, opening, at)
    if opening.rests in ("", "open") and world.chance(12):
        world.later(at, max(0, opening.applies - 2), extend, opening)
    if opening.rests not in ("open", "choosing"):
        world.later(at, opening.chooses, choosing.choose, opening)


def extend(world: World, opening: Opening, at: datetime) -> None:
    """The client gives everybody three days more; who applied reads the difference (JO6)."""
    job = Job.objects.get(pk=opening.job_id)
    before = job.terms
    if job.status != "open" or before.apply_by is None or before.delivery_on is None:
        return
    apply_by, delivery_on = before.apply_by + EXTENDED_BY, before.delivery_on + EXTENDED_BY
    after = rescheduled(before, apply_by=apply_by, delivery_on=delivery_on)
    jobs.edit(job.pk, by=opening.client.account, at=at, terms=after)


def _expect_questions(world: World, opening: Opening, at: datetime) -> None:
    """Some posts are asked about in public (JO8), by someone who thinks of applying."""
    curious = applying.able(world, opening)
    if curious and world.chance(60):
        asked = voices.public_questions(opening.post.subcategory_id)
        who, which = world.random.choice(curious), world.random.choice(asked)
        world.later(at, world.days(0, 3), ask, opening, who, which)


def ask(
    world: World, opening: Opening, worker: Worker, piece: voices.PublicQuestion, at: datetime
) -> None:
    if Job.objects.open().filter(pk=opening.job_id).exists():
        question = jobs.ask(opening.job_id, by=worker.account, at=at, text=piece.question)
        world.later(at, world.days(0, 2), answer, opening, question.pk, piece)


def answer(
    world: World, opening: Opening, question_id: int, piece: voices.PublicQuestion, at: datetime
) -> None:
    jobs.answer(question_id, by=opening.client.account, at=at, text=piece.answer)
