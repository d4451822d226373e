"""A ring in the market: people who hire each other for little, and say the best of each other."""

from datetime import timedelta

from enishi.contracts.models import Contract
from enishi.reviews.models import Review
from tests.reviews import hires
from tests.reviews.hires import ENDED, SCORES

LOOKED = ENDED + timedelta(days=30)


def deal(client, worker, *, paid=100, days=0, overall=5):
    """A finished contract and what both said of it, published."""
    made = hires.contract(client, worker)
    at = ENDED + timedelta(days=days)
    Contract.objects.filter(pk=made.pk).update(amount=paid, paid_total=paid, ended_at=at)
    for author, subject, side in ((client, worker, "worker"), (worker, client, "client")):
        Review.objects.create(
            contract=made,
            author=author,
            subject=subject,
            side=side,
            overall=overall,
            comment="Thank you.",
            written_at=at,
            published_at=at,
            **SCORES,
        )
    return made


def circle(name="ring", size=4, paid=100):
    """Everybody pays the next one, and the next but one."""
    people = [hires.account(f"{name}{number}") for number in range(size)]
    for place, one in enumerate(people):
        for step in (1, 2):
            deal(one, people[(place + step) % size], paid=paid, days=place)
    return people


def usual(pairs=12, paid=30_000):
    """Honest deals, by which the usual sum is known."""
    for number in range(pairs):
        deal(
            hires.account(f"client{number}"), hires.account(f"honest{number}"), paid=paid, overall=4
        )
