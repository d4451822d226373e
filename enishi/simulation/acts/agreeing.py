"""From an offer to money in escrow: agreed, declined, withdrawn or ignored; paid, late or never."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from enishi.contracts.commands import funding, offering
from enishi.contracts.models import Contract, Milestone
from enishi.payments import rehearsal
from enishi.proposals.models import Proposal
from enishi.simulation import people, terms
from enishi.simulation.hours import awake
from enishi.simulation.market import voices
from enishi.simulation.world import Deal, Opening, World

from . import choosing, talking, working

AFTER_ITS_END = 8  # days: an offer and an agreement have lapsed by then (CL11, CL1)
AFTER_A_REMINDER = 6  # days
ANOTHER_CARD = timedelta(minutes=7)


def offer(world: World, opening: Opening, proposal: Proposal, at: datetime) -> None:
    """The client offers a contract on the post's terms and the applicant's price (CO1)."""
    manner = opening.manner or world.manner()
    words = terms.of_offer(
        opening.post, proposal.job, proposal, at=at, inspection_days=manner.inspection_days
    )
    contract = offering.offer(proposal.pk, by=opening.client.account, at=at, terms=words)
    worker, pace = opening.applied[proposal.pk], opening.pace or world.pace()
    deal = Deal(opening, worker, contract.pk, contract.thread_id, manner, pace)
    if opening.rests == "offered":
        return
    days, answer = {
        "agreed": (pace.answer, agree),
        "declined": (max(pace.answer, 1), decline),
        "withdrawn": (2, withdraw),
        "ignored": (AFTER_ITS_END, look_again),
    }[manner.offer]
    world.later(at, days, answer, deal)


def agree(world: World, deal: Deal, at: datetime) -> None:
    """The worker confirms each difference to the post and agrees (CO2)."""
    contract = Contract.objects.get(pk=deal.contract_id)
    confirmed = [row["item"] for row in contract.differences]
    offering.agree(contract.pk, by=deal.worker.account, at=at, confirmed=confirmed)
    people.expect_pay(world, deal.worker, at)
    deal.opening.left -= 1
    if deal.opening.left == 0:
        world.later(at, 0, choosing.settle, deal.opening)
    if world.chance(40):
        talking.exchange(world, deal, "contracted_unfunded", "client", "worker", at=at)
    if deal.rests == "agreed" or deal.manner.funding == "never":
        return
    days = AFTER_A_REMINDER if deal.manner.funding == "late" else deal.pace.funds
    world.later(at, days, fund, deal, 1)


def decline(world: World, deal: Deal, at: datetime) -> None:
    why = world.draw(voices.decisions("decline_offer"))
    offering.decline(deal.contract_id, by=deal.worker.account, at=at, reason=why)
    look_again(world, deal, at)


def withdraw(world: World, deal: Deal, at: datetime) -> None:
    why = world.draw(voices.decisions("withdraw_offer"))
    offering.withdraw(deal.contract_id, by=deal.client.account, at=at, reason=why)
    look_again(world, deal, at)


def look_again(world: World, deal: Deal, at: datetime) -> None:
    """The offer came to nothing: the next applicant may have one."""
    world.later(at, 1, choosing.choose, deal.opening)


def fund(world: World, deal: Deal, position: int, at: datetime) -> None:
    """The client pays on the provider's page, some with the second card only (CO3)."""
    milestone = Milestone.objects.get(contract_id=deal.contract_id, position=position)
    if milestone.status != "unfunded":
        return
    payment = _begun(deal, milestone, at)
    if deal.manner.funding == "second_card" and position == 1:
        rehearsal.pay(payment, card=rehearsal.DECLINED, at=at)
        world.enter(awake(at + ANOTHER_CARD, world.random), pay_again, deal, milestone)
        return
    rehearsal.pay(payment, at=at)
    working.start(world, deal, position, at)


def pay_again(world: World, deal: Deal, milestone: Milestone, at: datetime) -> None:
    rehearsal.pay(_begun(deal, milestone, at), at=at)
    working.start(world, deal, milestone.position, at)


def _begun(deal: Deal, milestone: Milestone, at: datetime) -> int:
    address = settings.URL + reverse("payment_return", args=[0]).replace("/0/", "/{payment}/")
    payment = funding.begin(milestone.pk, by=deal.client.account, at=at, return_url=address)
    return payment.pk
