"""The client's bank took a payment back: what that does to the milestone it was for (M11).

A piece without a delivery is held until the bank has decided. What was delivered goes on: its money
stays promised, and acceptance pays it.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from enishi.contracts import clocks
from enishi.contracts.lifecycle import MILESTONE
from enishi.contracts.models import Milestone
from enishi.events.models import Event
from enishi.kit.days import day_of, days_after, end_of_day
from enishi.payments import queries as payments

from . import changing, ending, funding, locking
from .noting import WORKER, note


@transaction.atomic
def hold(event: Event) -> None:
    """Subscriber of `chargeback.opened`. The worker hears of it in any case."""
    milestone = _of(event)
    if milestone is None or not payments.is_undecided(funding.PURPOSE, milestone.pk):
        return
    if milestone.status == "funded":
        milestone.status = MILESTONE.after(milestone.status, "hold")
        due = days_after(event.at, settings.RULES.chargeback_days)
        milestone.wait(clocks.held(settings.RULES), since=event.at, due=due)
        milestone.save()
        changing.lapse_open(milestone, at=event.at)
    name = "milestone.held" if milestone.status == "held" else "milestone.charged_back"
    note(name, milestone.contract, by=None, at=event.at, tell=WORKER, milestone=milestone)


@transaction.atomic
def resume(event: Event) -> None:
    """Subscriber of `chargeback.won`: a held piece goes on, unless another complaint about its
    payment is undecided or was lost."""
    _decided(event)


@transaction.atomic
def release(event: Event) -> None:
    """Subscriber of `chargeback.lost`: a piece without a delivery ends, and its escrow settles what
    is owed. Also one that was never held, as the complaint was heard of with its decision."""
    _decided(event)


def _decided(event: Event) -> None:
    milestone = _of(event)
    if milestone is None or payments.is_undecided(funding.PURPOSE, milestone.pk):
        return
    if payments.is_lost(funding.PURPOSE, milestone.pk):
        if milestone.status in ("funded", "held"):
            ending.refund(milestone, by=None, at=event.at, reason="charged_back")
    elif milestone.status == "held":
        _go_on(milestone, at=event.at)


def _go_on(milestone: Milestone, *, at: datetime) -> None:
    """With as many days as it stood still."""
    assert milestone.waiting_since is not None
    milestone.status = MILESTONE.after(milestone.status, "resume")
    milestone.due_on += day_of(at) - day_of(milestone.waiting_since)
    due = max(end_of_day(milestone.due_on), days_after(at, 0))
    milestone.wait(clocks.working(settings.RULES), since=at, due=due)
    milestone.save()
    note("milestone.resumed", milestone.contract, by=None, at=at, milestone=milestone)


def still(milestone: Milestone, *, at: datetime) -> None:
    """On a locked milestone: the bank takes longer than banks may."""
    note("milestone.reminded", milestone.contract, by=None, at=at, milestone=milestone, rule="CL16")


def _of(event: Event) -> Milestone | None:
    if event.facts.get("purpose_kind") != funding.PURPOSE:
        return None
    return locking.milestone(event.facts["purpose_id"])
