"""The client looks at applications, keeps some in sight, declines some, and makes an offer."""

from datetime import datetime

from django.db.models import QuerySet

from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.proposals import commands as proposals
from enishi.proposals.lifecycle import WAITS_FOR_CLIENT
from enishi.proposals.models import Proposal
from enishi.simulation.market import voices
from enishi.simulation.world import Opening, World

from . import agreeing, talking


def expect_first_look(world: World, opening: Opening, proposal: Proposal, at: datetime) -> None:
    """Within days the client reads it; most are kept in mind, a few are declined at once."""
    if opening.rests == "open" and world.chance(50):
        return
    days = world.days(0, 2)
    if world.chance(45):
        world.later(at, days, shortlist, opening, proposal.pk)
    elif not opening.rests and not opening.favourite and world.chance(12):
        world.later(at, days, decline, opening, proposal.pk)


def shortlist(world: World, opening: Opening, proposal_id: int, at: datetime) -> None:
    """Kept in sight, with a private note, and often with a line to the worker (AP2)."""
    if not waiting(opening).filter(pk=proposal_id, status="sent").exists():
        return
    client = opening.client
    kept = proposals.shortlist(proposal_id, by=client.account, at=at)
    if world.chance(50):
        text = world.draw(voices.decisions("shortlist_notes"))
        proposals.note(proposal_id, by=client.account, text=text)
    if world.chance(45):
        talking.say(world, kept.thread_id, client, voices.messages("proposal", "client"), at)
        worker, answer = opening.applied[proposal_id], voices.messages("proposal", "worker")
        world.later(at, world.days(0, 1), talking.say, kept.thread_id, worker, answer)


def decline(world: World, opening: Opening, proposal_id: int, at: datetime) -> None:
    if waiting(opening).filter(pk=proposal_id).exists():
        piece = world.draw(voices.declines())
        proposals.decline(
            proposal_id, by=opening.client.account, at=at, reason=piece.reason, message=piece.text
        )


def choose(world: World, opening: Opening, at: datetime) -> None:
    """Offers go to as many as are still wanted; with nobody left the post ends without a hire."""
    found = list(waiting(opening).exclude(contracts__isnull=False).order_by("id"))
    if not found:
        close(world, opening, at)
        return
    favourites = [each for each in found if opening.applied[each.pk] is opening.favourite]
    others = [each for each in found if each not in favourites]
    chosen = [*favourites, *world.random.sample(others, len(others))]
    for proposal in chosen[: opening.left]:
        agreeing.offer(world, opening, proposal, at)


def settle(world: World, opening: Opening, at: datetime) -> None:
    """Everybody wanted is found: the post closes, and most of the others get their answer."""
    close(world, opening, at)
    for proposal in waiting(opening).order_by("id"):
        if world.chance(75):
            world.later(at, world.days(0, 2), decline, opening, proposal.pk)


def close(world: World, opening: Opening, at: datetime) -> None:
    if Job.objects.filter(pk=opening.job_id, status__in=("open", "paused")).exists():
        jobs.close(opening.job_id, by=opening.client.account, at=at)


def waiting(opening: Opening) -> QuerySet[Proposal]:
    return Proposal.objects.filter(job_id=opening.job_id, status__in=WAITS_FOR_CLIENT)
