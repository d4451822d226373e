"""How a contract comes to its end: completed, ended early, its unfunded rest cancelled."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts import clocks
from enishi.contracts.lifecycle import CONTRACT, MILESTONE, OVER, PAID
from enishi.contracts.models import Contract, Milestone
from enishi.kit.days import days_after
from enishi.kit.waiting import WAITING_FIELDS
from enishi.messaging import commands as messaging
from enishi.payments.commands import refunding

from . import changing, locking
from .noting import note


def finish_if_over(contract: Contract, *, at: datetime) -> None:
    """On a locked contract: when no milestone is left, it is completed (all paid) or ended."""
    states = list(contract.milestones.values_list("status", flat=True))
    if contract.status != "active" or any(state not in OVER for state in states):
        return
    verb = "complete" if all(state in PAID for state in states) else "end"
    contract.status = CONTRACT.after(contract.status, verb)
    contract.ended_at = at
    if verb == "complete":
        contract.reviews_close_at = days_after(at, settings.RULES.review_days)
        clock = clocks.reviewing(settings.RULES)
        contract.wait(clock, since=at, due=contract.reviews_close_at)
    contract.save(update_fields=["status", "ended_at", "reviews_close_at", *WAITING_FIELDS])
    messaging.rest(contract.thread_id, at=at)
    name = "contract.completed" if verb == "complete" else "contract.ended"
    note(name, contract, by=None, at=at)


def reviewed(contract: Contract) -> None:
    """On a locked contract: both sides have reviewed, so nobody is reminded any more (CL17)."""
    contract.stop_waiting()
    contract.save(update_fields=[*WAITING_FIELDS])


def cancel_unfunded(contract: Contract, *, at: datetime) -> None:
    """On a locked contract: milestones without escrow end without a mark."""
    for milestone in contract.milestones.select_for_update().filter(status="unfunded"):
        milestone.status = MILESTONE.after(milestone.status, "cancel")
        milestone.ended_at = at
        milestone.stop_waiting()
        milestone.save(update_fields=["status", "ended_at", *WAITING_FIELDS])


@transaction.atomic
def give_back(milestone_id: int, *, by: Account, at: datetime, reason: str) -> Milestone:
    """The worker ends a milestone that was never delivered; all its escrow returns."""
    milestone = locking.milestone(milestone_id, worker=by)
    return refund(milestone, by=by, at=at, reason=reason)


def refund(milestone: Milestone, *, by: Account | None, at: datetime, reason: str) -> Milestone:
    """On a locked milestone: the whole escrow goes back to the client, or settles what they owe
    since their bank took it back; the rest of the contract that has no money yet ends with it."""
    contract = milestone.contract
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
    cancel_unfunded(contract, at=at)
    finish_if_over(contract, at=at)
    return milestone
