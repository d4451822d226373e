"""Delivery, revision, acceptance, and acceptance by the clock (CO4, CO6, CO8, CL4)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from enishi.accounts.models import Account
from enishi.contracts import clocks, queries
from enishi.contracts.lifecycle import MILESTONE
from enishi.contracts.models import Contract, Delivery, DeliveryFile, Milestone, Revision
from enishi.escrow import commands as escrow
from enishi.files.commands import MEGABYTE
from enishi.files.models import StoredFile
from enishi.kit.days import day_of, days_after, end_of_day
from enishi.kit.errors import Refused
from enishi.kit.failpoints import failpoint

from . import changing, ending, funding, locking, papers, remitting
from .noting import CLIENT, WORKER, note


@transaction.atomic
def deliver(
    milestone_id: int,
    *,
    by: Account,
    at: datetime,
    body: str,
    files: Sequence[StoredFile] = (),
) -> Delivery:
    """The worker hands the work over; text, files and hashes are frozen (CO6)."""
    milestone = locking.milestone(milestone_id, worker=by)
    after = MILESTONE.after(milestone.status, "deliver")
    if not body.strip() and not files:
        raise Refused.because("milestone.nothing_delivered")
    _check_room(milestone.contract, files)
    delivery = _frozen(milestone, body, files, at=at)
    milestone.status, milestone.delivered_at = after, at
    due = days_after(at, milestone.contract.inspection_days)
    milestone.wait(clocks.inspecting(settings.RULES), since=at, due=due)
    milestone.overdue_at = None
    milestone.save()
    changing.lapse_open(milestone, at=at)
    papers.delivered(milestone, delivery, at=at)
    facts: dict[str, Any] = {"round": delivery.number, "files": len(files)}
    note("milestone.delivered", milestone.contract, by=by, at=at, milestone=milestone, **facts)
    return delivery


def _check_room(contract: Contract, files: Sequence[StoredFile]) -> None:
    """All deliveries of a contract together keep to its limit."""
    handed = DeliveryFile.objects.filter(delivery__milestone__contract=contract)
    size = handed.aggregate(size=Sum("size"))["size"] or 0
    most = settings.RULES.contract_megabytes
    if size + sum(file.size for file in files) > most * MEGABYTE:
        raise Refused.because("milestone.no_room_for_files", most=most)


def _frozen(
    milestone: Milestone, body: str, files: Sequence[StoredFile], *, at: datetime
) -> Delivery:
    number = milestone.deliveries.count() + 1
    delivery = Delivery.objects.create(milestone=milestone, number=number, body=body, at=at)
    DeliveryFile.objects.bulk_create(
        DeliveryFile(
            delivery=delivery, file=file, name=file.name, size=file.size, sha256=file.sha256
        )
        for file in files
    )
    return delivery


@transaction.atomic
def ask_revision(
    milestone_id: int, *, by: Account, at: datetime, reason: str, due_on: date | None = None
) -> Revision:
    """The client asks for another round within the agreed number, saying why (CO6, CL13)."""
    milestone = locking.milestone(milestone_id, client=by)
    after = MILESTONE.after(milestone.status, "ask_revision")
    if milestone.rounds_used >= milestone.contract.revision_rounds:
        raise Refused.because("milestone.rounds_used_up", rounds=milestone.rounds_used)
    if not reason.strip():
        raise Refused.because("milestone.reason_missing")
    due = days_after(at, settings.RULES.revision_days) if due_on is None else end_of_day(due_on)
    if due <= at:
        raise Refused.because("milestone.day_past")
    latest = milestone.deliveries.order_by("-number")[0]
    last_day = due_on or day_of(days_after(at, settings.RULES.revision_days - 1))
    revision = Revision.objects.create(delivery=latest, reason=reason, due_on=last_day, at=at)
    milestone.status = after
    milestone.rounds_used += 1
    milestone.wait(clocks.revising(settings.RULES), since=at, due=due)
    milestone.save()
    facts: dict[str, Any] = {"reason": reason, "round": milestone.rounds_used}
    contract = milestone.contract
    note("milestone.revision_asked", contract, by=by, at=at, milestone=milestone, **facts)
    return revision


@transaction.atomic
def accept(milestone_id: int, *, by: Account, at: datetime) -> Milestone:
    """The client accepts the delivery: the escrow is released to the worker (CO8)."""
    milestone = locking.milestone(milestone_id, client=by)
    return _pay(milestone, "accept", by=by, at=at)


def deem(milestone: Milestone, *, at: datetime) -> Milestone:
    """CL4, on a locked milestone: silence is consent on the last day."""
    return _pay(milestone, "deem", by=None, at=at)


def _pay(milestone: Milestone, verb: str, *, by: Account | None, at: datetime) -> Milestone:
    contract: Contract = milestone.contract
    milestone.status = MILESTONE.after(milestone.status, verb)
    pay = queries.pay_of(milestone)
    milestone.is_deemed = verb == "deem"
    milestone.ended_at, milestone.fee, milestone.fee_tax = at, pay.fee, pay.fee_tax
    milestone.stop_waiting()
    milestone.save()
    paid_before = contract.paid_total
    contract.paid_total += milestone.amount
    contract.save(update_fields=["paid_total"])
    escrow.release(
        funding.PURPOSE,
        milestone.pk,
        to=contract.worker_id,
        net=pay.net,
        fee=pay.fee,
        fee_tax=pay.fee_tax,
        at=at,
        idem=f"release:milestone:{milestone.pk}",
    )
    failpoint("contracts.releasing")
    paper = papers.accepted(milestone, pay, paid_before=paid_before, at=at)
    name = "milestone.deemed" if verb == "deem" else "milestone.accepted"
    facts: dict[str, Any] = {"net": pay.net, "paper": str(paper.pk)}
    note(name, contract, by=by, at=at, milestone=milestone, **facts)
    remitting.ask(milestone, pay, at=at)
    ending.finish_if_over(contract, at=at)
    if contract.status == "active":
        funding.await_next(contract, at=at)
    failpoint("contracts.accepting")
    return milestone


def remind(milestone: Milestone, step: str, *, at: datetime) -> None:
    """CL4's reminders: the client each time; with the first, the worker gets a template too."""
    contract = milestone.contract
    assert milestone.waiting_since is not None
    assert milestone.due_at is not None
    first = clocks.inspecting(settings.RULES).plan(milestone.waiting_since, milestone.due_at)[0]
    facts = {"step": step, "rule": "CL4"}
    note("milestone.reminded", contract, by=None, at=at, tell=CLIENT, milestone=milestone, **facts)
    if step == first[1]:
        note("milestone.silent", contract, by=None, at=at, tell=WORKER, milestone=milestone)
