"""Changing a delivery date after agreement: asked by one side, answered by the other (CO7)."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts import clocks
from enishi.contracts.lifecycle import CHANGE
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.contracts.policy import CHANGE_REASONS
from enishi.kit.days import day_of, days_after, end_of_day
from enishi.kit.errors import Refused
from enishi.kit.waiting import WAITING_FIELDS

from . import locking
from .noting import CLIENT, WORKER, note

CHANGEABLE = ("unfunded", "funded", "revising")


@transaction.atomic
def request(
    milestone_id: int,
    *,
    by: Account,
    at: datetime,
    due_on: date,
    reason_kind: str,
    reason: str,
) -> ChangeRequest:
    """Either side asks for a new delivery date. It lapses after seven days (CL14)."""
    contract = locking.contract_of(milestone_id)
    _side(contract, by)
    milestone = locking.milestone(milestone_id)
    if milestone.status not in CHANGEABLE or contract.status not in ("agreed", "active"):
        raise Refused("milestone", "change", milestone.status)
    if reason_kind not in CHANGE_REASONS or not reason.strip():
        raise Refused.because("change.reason_missing")
    if due_on < day_of(at) or due_on == milestone.due_on:
        raise Refused.because("change.day_unusable")
    if milestone.changes.filter(status="requested").exists():
        raise Refused.because("change.one_is_open")
    change = ChangeRequest(
        milestone=milestone,
        by=by,
        due_on_before=milestone.due_on,
        due_on=due_on,
        reason_kind=reason_kind,
        reason=reason,
        requested_at=at,
    )
    due = days_after(at, settings.RULES.change_request_days)
    change.wait(clocks.changing(settings.RULES), since=at, due=due)
    change.save()
    _note("change.requested", change, contract, by=by, at=at)
    return change


@transaction.atomic
def accept(change_id: int, *, by: Account, at: datetime) -> ChangeRequest:
    """The other side agrees: the new date stands, and a late mark of this date is lifted."""
    change, milestone = _locked(change_id, by=by, is_asker=False)
    _answer(change, "accept", at=at)
    milestone.due_on, milestone.late_at, milestone.overdue_at = change.due_on, None, None
    if milestone.status in ("funded", "revising"):
        state_clock = clocks.working if milestone.status == "funded" else clocks.revising
        due = end_of_day(change.due_on)
        milestone.wait(state_clock(settings.RULES), since=at, due=due)
    milestone.save()
    _note("change.accepted", change, milestone.contract, by=by, at=at)
    return change


@transaction.atomic
def decline(change_id: int, *, by: Account, at: datetime) -> ChangeRequest:
    """The other side keeps the agreed date."""
    change, milestone = _locked(change_id, by=by, is_asker=False)
    _answer(change, "decline", at=at)
    _note("change.declined", change, milestone.contract, by=by, at=at)
    return change


@transaction.atomic
def withdraw(change_id: int, *, by: Account, at: datetime) -> ChangeRequest:
    """Whoever asked takes the request back."""
    change, milestone = _locked(change_id, by=by, is_asker=True)
    _answer(change, "withdraw", at=at)
    _note("change.withdrawn", change, milestone.contract, by=by, at=at)
    return change


def lapse_open(milestone: Milestone, *, at: datetime) -> None:
    """On a locked milestone: an open request is overtaken by what happened."""
    for change in milestone.changes.select_for_update().filter(status="requested"):
        lapse(change, at=at)


def lapse(change: ChangeRequest, *, at: datetime) -> None:
    """CL14: no answer means no."""
    _answer(change, "lapse", at=at)
    _note("change.lapsed", change, change.milestone.contract, by=None, at=at)


def _locked(change_id: int, *, by: Account, is_asker: bool) -> tuple[ChangeRequest, Milestone]:
    """The contract first, as everywhere. Strangers and the wrong side find nothing."""
    found = (
        ChangeRequest.objects.filter(by=by) if is_asker else ChangeRequest.objects.exclude(by=by)
    )
    milestone_id = found.values_list("milestone_id", flat=True).get(pk=change_id)
    _side(locking.contract_of(milestone_id), by)
    milestone = locking.milestone(milestone_id)
    change = found.select_for_update().get(pk=change_id)
    change.milestone = milestone
    return change, milestone


def _side(contract: Contract, by: Account) -> None:
    if by.pk not in (contract.client_id, contract.worker_id):
        raise Contract.DoesNotExist


def _answer(change: ChangeRequest, verb: str, *, at: datetime) -> None:
    change.status = CHANGE.after(change.status, verb)
    change.answered_at = at
    change.stop_waiting()
    change.save(update_fields=["status", "answered_at", *WAITING_FIELDS])


def _note(
    name: str, change: ChangeRequest, contract: Contract, *, by: Account | None, at: datetime
) -> None:
    """The asked side hears of a request, the asker of its answer; of a lapse, both."""
    asker = WORKER if change.by_id == contract.worker_id else CLIENT
    other = CLIENT if asker == WORKER else WORKER
    tell = {"change.requested": other, "change.withdrawn": other, "change.lapsed": "both"}
    facts = {
        "change_id": change.pk,
        "due_on": change.due_on.isoformat(),
        "due_on_before": change.due_on_before.isoformat(),
        "reason_kind": change.reason_kind,
        "reason": change.reason,
        "answer_by": change.due_at.isoformat() if change.due_at else "",
    }
    to = tell.get(name, asker)
    note(name, contract, by=by, at=at, tell=to, milestone=change.milestone, **facts)
