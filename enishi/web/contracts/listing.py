"""Deals in a list: what waits in each, for whom, until when. Used by the list and by the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from enishi.accounts.models import Account
from enishi.contracts.lifecycle import HOLDS_MONEY
from enishi.contracts.models import Contract
from enishi.contracts.queries import Deal
from enishi.payments import queries as payments
from enishi.payments.queries import PaymentView
from enishi.reviews import queries as reviews

from . import turns
from .step import Step

REVIEWS_MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One deal of a list."""

    contract: Contract
    side: str
    other: Account
    parts: int
    held: int  # yen in escrow now
    steps: list[Step]

    @property
    def first(self) -> Step | None:
        return self.steps[0] if self.steps else None


def lines(deals: Iterable[Deal], reader: Account, *, at: datetime) -> list[Line]:
    unwritten, found = to_review(reader, at=at), list(deals)
    asked = {milestone: deal.contract.pk for deal in found for milestone in _to_fund(deal)}
    parts = payments.parts_of("milestone", asked) if asked else {}
    of_deals = {asked[milestone]: part for milestone, part in parts.items()}
    return [line(deal, unwritten, of_deals.get(deal.contract.pk)) for deal in found]


def _to_fund(deal: Deal) -> list[int]:
    return [turn.milestone.pk for turn in deal.turns if turn.verb == "fund" and turn.milestone]


def to_review(reader: Account, *, at: datetime) -> set[int]:
    """Contracts that this person can still review, so that nobody is asked twice."""
    found = reviews.to_write(reader.pk, at=at, size=REVIEWS_MOST)
    return {one.contract_id for one in found}


def line(deal: Deal, unwritten: set[int], paying: PaymentView | None = None) -> Line:
    """`paying`: the payment of which a part has come."""
    contract = deal.contract
    return Line(
        contract=contract,
        side=deal.side,
        other=contract.worker if deal.side == "client" else contract.client,
        parts=len(deal.milestones),
        held=sum(row.escrow_amount or 0 for row in deal.milestones if row.status in HOLDS_MONEY),
        steps=turns.steps(deal, written=contract.pk not in unwritten, paying=paying),
    )
