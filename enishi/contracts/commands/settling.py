"""The office divides an escrow between the two sides: fee and withholding are recomputed on the
part paid, the rest of what was funded goes back (CO8). Two treasurers decide (PE2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts import pay
from enishi.contracts.lifecycle import MILESTONE
from enishi.contracts.models import Milestone
from enishi.escrow import commands as escrow
from enishi.kit.errors import Refused
from enishi.payments.commands import refunding

from . import changing, ending, funding, locking, papers, remitting
from .noting import note


@dataclass(frozen=True, slots=True)
class Split:
    """What a division comes to: the part paid taken apart, and the yen that go back."""

    paid: pay.Pay
    returned: int


def plan(milestone: Milestone, part: int) -> Split:
    """What paying `part` of the price, tax included, comes to. Raises Refused when the milestone
    has no escrow to divide, or the part is more than its price."""
    MILESTONE.after(milestone.status, "settle")
    if not 0 <= part <= milestone.amount:
        raise Refused.because("milestone.part_out_of_range", most=milestone.amount)
    contract = milestone.contract
    paid = pay.pay(
        part,
        paid_before=contract.paid_total,
        withheld=contract.is_withheld,
        rules=contract.rules,
    )
    return Split(paid, returned=(milestone.escrow_amount or 0) - paid.funded)


@transaction.atomic
def split(milestone_id: int, part: int, *, by: Account, at: datetime, reason: str) -> Milestone:
    """Pay `part` of the price to the worker and give the rest of the escrow back to the client.
    The reason is told to both."""
    milestone = locking.milestone(milestone_id)
    division = plan(milestone, part)
    contract, paid = milestone.contract, division.paid
    milestone.status = MILESTONE.after(milestone.status, "settle")
    milestone.settled_amount, milestone.withheld = part, paid.withheld
    milestone.ended_at, milestone.fee, milestone.fee_tax = at, paid.fee, paid.fee_tax
    milestone.stop_waiting()
    milestone.save()
    changing.lapse_open(milestone, at=at)
    paid_before = contract.paid_total
    contract.paid_total += part
    contract.save(update_fields=["paid_total"])
    _move(milestone, division, at=at)
    back = division.returned
    papers.settled(milestone, paid, paid_before=paid_before, returned=back, reason=reason, at=at)
    facts: dict[str, Any] = {"reason": reason, "net": paid.net, "refunded": division.returned}
    note("milestone.settled", contract, by=by, at=at, milestone=milestone, **facts)
    remitting.ask(milestone, paid, at=at)
    ending.finish_if_over(contract, at=at)
    if contract.status == "active":
        funding.await_next(contract, at=at)
    return milestone


def _move(milestone: Milestone, division: Split, *, at: datetime) -> None:
    paid, key = division.paid, f"split:milestone:{milestone.pk}"
    if paid.funded:
        shares = {"net": paid.net, "fee": paid.fee, "fee_tax": paid.fee_tax}
        to = milestone.contract.worker_id
        escrow.split(funding.PURPOSE, milestone.pk, to=to, **shares, at=at, idem=key)
    if division.returned:
        refunding.give_back(funding.PURPOSE, milestone.pk, division.returned, at=at, idem=key)
