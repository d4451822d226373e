"""What both sides say afterwards, in the tone that the deal left behind (RE1, RE2)."""

from datetime import datetime

from enishi.contracts.models import Contract
from enishi.reviews import commands as reviews
from enishi.reviews.models import Review
from enishi.reviews.policy import ITEMS, Closing
from enishi.simulation.market import voices
from enishi.simulation.world import Deal, World

from . import reporting

WRITERS = {
    "both": ("client", "worker"),
    "client": ("client",),
    "worker": ("worker",),
    "nobody": (),
}
OVERALL = {"good": (5, 5, 5, 4), "fair": (4, 3, 3), "poor": (2, 2, 3)}


def expect(world: World, deal: Deal, at: datetime) -> None:
    writers = ("worker",) if deal.rests == "completed" else WRITERS[deal.manner.reviews]
    for side, days in zip(("client", "worker"), deal.pace.reviews, strict=True):
        if side in writers:
            world.later(at, days, write, deal, side)


def write(world: World, deal: Deal, side: str, at: datetime) -> None:
    """One side rates the other; some add a line for the office."""
    contract = Contract.objects.get(pk=deal.contract_id)
    if contract.reviews_close_at is None or at >= contract.reviews_close_at:
        return
    writer = deal.client if side == "client" else deal.worker
    direction = "client_to_worker" if side == "client" else "worker_to_client"
    overall = world.random.choice(OVERALL[deal.manner.tone])
    reviews.write(
        contract.pk,
        by=writer.account,
        at=at,
        overall=overall,
        scores={item: _near(world, overall) for item in ITEMS},
        comment=world.draw(voices.review_comments(direction, deal.manner.tone)),
        private_note=world.draw(voices.after_review("notes_to_office")) if world.chance(15) else "",
        closing=_closing(deal, overall) if side == "client" else None,
        promises=_promises(deal),
    )
    world.tally["reviews"] += 1
    _expect_replies(world, deal, at)


def after_early_end(world: World, deal: Deal, at: datetime) -> None:
    """The worker gave the work back, so only the client rates (RE3)."""
    contract = Contract.objects.get(pk=deal.contract_id)
    if contract.fault != "worker":
        return
    overall = 3 if deal.contract_id % 2 else 2
    words = voices.after_review("early_ends")
    reviews.write(
        contract.pk,
        by=deal.client.account,
        at=at,
        overall=overall,
        scores=dict.fromkeys(ITEMS, overall),
        comment=_in_turn(words, deal),
    )
    world.tally["reviews"] += 1


def _closing(deal: Deal, overall: int) -> Closing:
    """What would make it a 5, and whether they order again (RE4)."""
    wish = _in_turn(voices.after_review("wishes"), deal) if overall < 5 else ""
    return Closing(better=wish, again="yes" if overall > 3 else "perhaps")


def _promises(deal: Deal) -> dict[str, str]:
    """Some clients promise more work; those whose deal went badly do not keep it (ME6)."""
    if deal.contract_id % 3:
        return {"more_work": "none", "more_pay": "none"}
    kept = "broken" if deal.manner.tone == "poor" else "kept"
    return {"more_work": kept, "more_pay": "none"}


def _in_turn(words: tuple[str, ...], deal: Deal) -> str:
    return words[deal.contract_id % len(words)]


def _near(world: World, overall: int) -> int:
    return min(5, max(1, overall + world.random.choice((0, 0, 0, 1, -1))))


def _expect_replies(world: World, deal: Deal, at: datetime) -> None:
    """Once both can be read, some are answered."""
    for review in Review.objects.filter(contract_id=deal.contract_id).published().order_by("id"):
        if world.chance(25):
            world.later(at, world.days(1, 9), reply, deal, review)
        if review.side == "worker" and reporting.is_suspect(review):
            world.later(at, 1, reporting.report, review)


def reply(world: World, deal: Deal, review: Review, at: datetime) -> None:
    rated = deal.worker if review.side == "worker" else deal.client
    text = world.draw(voices.after_review("replies"))
    reviews.reply(review.pk, by=rated.account, at=at, text=text)
