"""How a contract comes to its end: completed, ended early, its unfunded rest cancelled."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts import clocks, faults
from enishi.contracts.lifecycle import CONTRACT, MILESTONE, OVER, PAID
from enishi.contracts.models import Contract, Milestone
from enishi.kit.days import days_after
from enishi.kit.waiting import WAITING_FIELDS
from enishi.messaging import commands as messaging
from enishi.payments.commands import refunding

from . import changing, locking
from .noting import note


def finish_if_over(contract: Contract, *, at: datetime) -> None:
    """On a locked contract: when no milestone is left, it is completed (all paid) or ended. Ended
    early by one side, the other may rate it (RE3)."""
    pieces = list(contract.milestones.values_list("status", "fault"))
    if contract.status != "active" or any(state not in OVER for state, _ in pieces):
        return
    is_whole = all(state in PAID for state, _ in pieces)
    contract.status = CONTRACT.after(contract.status, "complete" if is_whole else "end")
    contract.ended_at = at
    contract.fault = "" if is_whole else faults.of_contract(fault for _, fault in pieces)
    if is_whole or contract.fault:
        contract.reviews_close_at = days_after(at, settings.RULES.review_days)
        clock = (clocks.reviewing if is_whole else clocks.rating)(settings.RULES)
        contract.wait(clock, since=at, due=contract.reviews_close_at)
    fields = ("status", "ended_at", "fault", "reviews_close_at", *WAITING_FIELDS)
    contract.save(update_fields=fields)
    messaging.rest(contract.thread_id, at=at)
    if is_whole:
        note("contract.completed", contract, by=None, at=at)
    else:  # whose fault it was says which words the letters have
        rule = f"RE3:{contract.fault}" if contract.fault else ""
        note("contract.ended", contract, by=None, at=at, rule=rule)


def reviewed(contract: Contract) -> None:
    """On a locked contract: all who may have reviewed, so nobody is reminded any more (CL17)."""
    contract.stop_waiting()
    contract.save(update_fields=[*WAITING_FIELDS])


def cancel_unfunded(contract: Contract, *, at: datetime, why: str) -> None:
    """On a locked contract: milestones without escrow end without a mark. `why` is one of
    `faults.FAULTS`."""
    for milestone in contract.milestones.select_for_update().filter(status="unfunded"):
        milestone.status = MILESTONE.after(milestone.status, "cancel")
        milestone.ended_at, milestone.fault = at, faults.FAULTS[why]
        milestone.stop_waiting()
        milestone.save(update_fields=["status", "ended_at", "fault", *WAITING_FIELDS])


@transaction.atomic
def give_back(milestone_id: int, *, by: Account, at: datetime, reason: str) -> Milestone:
    """The worker ends a milestone that was never delivered; all its escrow returns."""
    milestone = locking.milestone(milestone_id, worker=by)
    return refund(milestone, by=by, at=at, reason=reason, why="given_back")


def refund(
    milestone: Milestone, *, by: Account | None, at: datetime, reason: str, why: str = ""
) -> Milestone:
    """On a locked milestone: the whole escrow goes back to the client, or settles what they owe
    since their bank took it back; the rest of the contract that has no money yet ends with it.
    `why` is one of `faults.FAULTS`; by default, the reason is."""
    contract = milestone.contract
    milestone.fault = faults.FAULTS[why or reason]
    milestone.status = MILESTONE.after(milestone.status, "refund")
    milestone.ended_at = at
    milestone.stop_waiting()
    milestone.save()
    changing.lapse_open(milestone, at=at)
    amount = milestone.escrow_amount or 0
    idem = f"refund:milestone:{milestone.pk}"
    sent = refunding.give_back("milestone", milestone.pk, amount, at=at, idem=idem)
    facts: dict[str, Any] = {"reason": reason, "refunded": sent}
    note("milestone.refunded", contract, by=by, at=at, milestone=milestone, **facts)
    cancel_unfunded(contract, at=at, why="followed")
    finish_if_over(contract, at=at)
    return milestone
