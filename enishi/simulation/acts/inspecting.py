"""The client's part after a delivery: accept, ask for a revision, or say nothing at all."""

from datetime import datetime, timedelta

from django.conf import settings

from enishi.contracts.commands import delivering
from enishi.contracts.models import Milestone
from enishi.simulation.market import voices
from enishi.simulation.world import Deal, World

from . import agreeing, reviewing, talking, waiting, working

A_MINUTE = timedelta(minutes=1)


def expect(world: World, deal: Deal, position: int, version: int, at: datetime) -> None:
    """What the client does with this version, by manner."""
    manner = deal.manner.inspection if position == 1 else "accepts"
    rounds = {"revises": 1, "revises_twice": 2}.get(manner, 0)
    if deal.rests == "delivered":
        return
    if manner == "silent":
        inspection = settings.RULES.inspection_days
        world.later(at, inspection + 1, look_back, deal, position)
        if world.chance(60):
            talking.exchange(world, deal, "delivered", "worker", at=at, days=6)
    elif version <= rounds:
        world.later(at, deal.pace.inspects, ask_revision, deal, position)
    else:
        world.later(at, deal.pace.inspects, accept, deal, position)


def ask_revision(world: World, deal: Deal, position: int, at: datetime) -> None:
    """Another round within the agreed number, with a reason (CO6, CL13)."""
    milestone = working.of(deal, position)
    if milestone.status != "delivered":
        return
    if milestone.rounds_used >= milestone.contract.revision_rounds:
        accept(world, deal, position, at)
        return
    why = world.draw(voices.revision_reasons(deal.post.subcategory_id))
    delivering.ask_revision(milestone.pk, by=deal.client.account, at=at, reason=why)
    if world.chance(60):
        talking.exchange(world, deal, "revising", "worker", at=at)
    if deal.rests != "revising":
        world.later(at, deal.pace.revises, working.deliver, deal, position)


def accept(world: World, deal: Deal, position: int, at: datetime) -> None:
    """The work is right: the escrow is released, the worker will be paid within the minute."""
    milestone = working.of(deal, position)
    if milestone.status == "delivered":
        delivering.accept(milestone.pk, by=deal.client.account, at=at)
        world.enter(at + A_MINUTE, waiting.pay_out)
        follow(world, deal, milestone, at)


def look_back(world: World, deal: Deal, position: int, at: datetime) -> None:
    """The client was silent, and the clock accepted in the client's place (CL4)."""
    milestone = working.of(deal, position)
    if milestone.status == "accepted":
        follow(world, deal, milestone, at)


def follow(world: World, deal: Deal, milestone: Milestone, at: datetime) -> None:
    """The next milestone gets its money; after the last one both sides look back."""
    coming = Milestone.objects.filter(
        contract_id=deal.contract_id, position=milestone.position + 1, status="unfunded"
    )
    if coming.exists():
        world.later(at, deal.pace.funds, agreeing.fund, deal, milestone.position + 1)
        return
    if world.chance(45):
        talking.exchange(world, deal, "accepted", "client", "worker", at=at)
    reviewing.expect(world, deal, at)
