"""What the clocks of a deal do when a time has come. Each tick takes the row's locks, looks again,
and acts once: a row without anything due is left alone."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from enishi.contracts import clocks
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.kit.clocks import Clock
from enishi.kit.waiting import WAITING_FIELDS

from . import changing, delivering, ending, funding, holding, locking, offering
from .noting import CLIENT, WORKER, note


@transaction.atomic
def contract(contract_id: int, *, at: datetime) -> None:
    """CL11, CL1 and CL17: an offer, the first escrow, the time to review."""
    row = locking.contract(contract_id)
    known = {
        "offered": clocks.offered,
        "agreed": clocks.agreed,
        "completed": clocks.reviewing,
        "ended": clocks.rating,
    }
    if row.status not in known:
        return
    clock = known[row.status](settings.RULES)
    step = row.step_due(clock, at)
    if step is None:
        return
    if step == "lapse":
        offering.lapse(row, at=at)
    elif step == "expire":
        funding.expire(row, at=at)
    elif step == "close_reviews":
        _close_reviews(row, at=at)
    else:
        row.save(update_fields=["next_at"])
        owner = row.rater if row.status == "ended" else clock.owner
        tell = {"worker": WORKER, "client": CLIENT}.get(owner, "both")
        note("contract.reminded", row, by=None, at=at, tell=tell, step=step, rule=clock.rule)


def _close_reviews(row: Contract, *, at: datetime) -> None:
    row.stop_waiting()
    row.save(update_fields=[*WAITING_FIELDS])
    note("contract.reviews_closed", row, by=None, at=at)


@transaction.atomic
def milestone(milestone_id: int, *, at: datetime) -> None:
    """CL1, CL4, CL12, CL13: a milestone waits for money, for work, or for inspection."""
    row = locking.milestone(milestone_id)
    known = {
        "unfunded": clocks.unfunded,
        "funded": clocks.working,
        "held": clocks.held,
        "revising": clocks.revising,
        "delivered": clocks.inspecting,
    }
    if row.status not in known:
        return
    clock = known[row.status](settings.RULES)
    step = row.step_due(clock, at)
    if step is None:
        return
    if step == "cancel":
        funding.cancel_rest(row, at=at)
    elif step == "deem":
        delivering.deem(row, at=at)
    elif step in ("late", "overdue", "settle"):
        _delayed(row, step, clock, at=at)
    else:
        row.save(update_fields=["next_at"])
        _remind(row, step, clock, at=at)


def _remind(row: Milestone, step: str, clock: Clock, *, at: datetime) -> None:
    if clock.state == "held":
        holding.still(row, at=at)
        return
    if clock.state == "delivered":
        delivering.remind(row, step, at=at)
        return
    tell = WORKER if clock.owner == "worker" else CLIENT
    facts = {"step": step, "rule": clock.rule}
    note("milestone.reminded", row.contract, by=None, at=at, tell=tell, milestone=row, **facts)


def _delayed(row: Milestone, step: str, clock: Clock, *, at: datetime) -> None:
    """CL12: marked late; then the office's settlement; at its end, a delivery that never came
    gives all escrow back (CL6: nothing in the record, nothing to pay)."""
    row.late_at = row.late_at or at
    if step == "settle" and not row.deliveries.exists():
        ending.refund(row, by=None, at=at, reason="never_delivered")
        return
    if step in ("overdue", "settle"):
        row.overdue_at = row.overdue_at or at
    row.save(update_fields=["late_at", "overdue_at", "next_at"])
    name = "milestone.late" if step == "late" else "milestone.overdue"
    then = row.next_at.isoformat() if row.next_at else ""
    note(name, row.contract, by=None, at=at, milestone=row, rule=clock.rule, then=then)


@transaction.atomic
def change(change_id: int, *, at: datetime) -> None:
    """CL14: an unanswered change request."""
    milestone_id = ChangeRequest.objects.values_list("milestone_id", flat=True).get(pk=change_id)
    parent = locking.milestone(milestone_id)
    row = ChangeRequest.objects.select_for_update().get(pk=change_id)
    row.milestone = parent
    if row.status == "requested" and row.step_due(clocks.changing(settings.RULES), at):
        changing.lapse(row, at=at)
