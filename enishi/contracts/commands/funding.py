"""Money comes into escrow, or does not come in time (CO3, CO4, CL1)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts import clocks, queries
from enishi.contracts.lifecycle import CONTRACT, MILESTONE
from enishi.contracts.models import Contract, Milestone
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.days import days_after, end_of_day
from enishi.kit.errors import Refused
from enishi.kit.waiting import WAITING_FIELDS
from enishi.messaging import commands as messaging
from enishi.payments.commands import paying, refunding
from enishi.payments.models import Payment

from . import ending, locking, papers
from .noting import CLIENT, note

PURPOSE = "milestone"


def begin(milestone_id: int, *, by: Account, at: datetime, return_url: str) -> Payment:
    """The client is sent to the provider's page with A − W yen to pay. Not in a transaction:
    the provider is called between two of them."""
    milestone = _fundable(milestone_id, by=by)
    titles = dict.fromkeys((milestone.contract.title, milestone.title))
    return paying.begin(
        PURPOSE,
        milestone.pk,
        queries.pay_of(milestone).funded,
        payer=by,
        at=at,
        return_url=return_url,
        description=" / ".join(titles),
    )


@transaction.atomic
def _fundable(milestone_id: int, *, by: Account) -> Milestone:
    milestone = locking.milestone(milestone_id, client=by)
    if milestone.contract.status not in ("agreed", "active"):
        raise Refused("contract", "fund", milestone.contract.status)
    MILESTONE.after(milestone.status, "fund")
    refuse_debtors(by)
    earlier = milestone.contract.milestones.filter(
        position__lt=milestone.position, status="unfunded"
    )
    if earlier.exists():
        raise Refused.because("milestone.fund_in_order")
    return milestone


def refuse_debtors(client: Account) -> None:
    """Whoever's bank took a payment back settles that before new money comes in."""
    if owed := ledger.owed_by(client.pk):
        raise Refused.because("payment.owes", owed=owed)


def mark_funded(event: Event) -> None:
    """The escrow stands. Wired at once to `payment.settled`: the same transaction as the ledger
    entry. Money that comes too late goes back."""
    if event.facts.get("purpose_kind") != PURPOSE:
        return
    milestone = locking.milestone(event.facts["purpose_id"])
    contract, amount, at = milestone.contract, event.facts["amount"], event.at
    if contract.status not in ("agreed", "active") or milestone.status != "unfunded":
        refunding.refund(PURPOSE, milestone.pk, amount, at=at, idem=f"late:{event.subject_id}")
        return
    milestone.status = MILESTONE.after(milestone.status, "fund")
    milestone.funded_at, milestone.escrow_amount = at, amount
    milestone.withheld = milestone.amount - amount
    due = end_of_day(milestone.due_on)
    milestone.wait(clocks.working(settings.RULES), since=at, due=max(due, days_after(at, 0)))
    milestone.save()
    if contract.status == "agreed":
        contract.status = CONTRACT.after(contract.status, "start")
        contract.stop_waiting()
        contract.save(update_fields=["status", *WAITING_FIELDS])
    paper = str(papers.funded(milestone, event).pk)
    # Nobody's own act: a bank transfer may arrive days after the client has left the page.
    facts: dict[str, Any] = {"escrow": amount, "paper": paper}
    note("milestone.funded", contract, by=None, at=at, milestone=milestone, **facts)


def mark_part(event: Event) -> None:
    """A bank transfer brought less than was asked for. Wired at once to `payment.part_arrived`: the
    piece stays unfunded, and both sides are told what is missing. A part that comes too late goes
    back: its payment is called off, if that was not done when the piece ended."""
    if event.facts.get("purpose_kind") != PURPOSE:
        return
    milestone = locking.milestone(event.facts["purpose_id"])
    contract = milestone.contract
    if contract.status not in ("agreed", "active") or milestone.status != "unfunded":
        paying.call_off(PURPOSE, [milestone.pk], at=event.at)
        return
    whole, arrived = event.facts["amount"], event.facts["arrived"]
    facts: dict[str, Any] = {"whole": whole, "arrived": arrived, "missing": whole - arrived}
    if due := milestone.due_at or contract.due_at:
        facts["due"] = due.isoformat()
    at = event.at
    note("milestone.partly_funded", contract, by=None, at=at, milestone=milestone, **facts)


@transaction.atomic
def call_off(event: Event) -> None:
    """Pieces were cancelled without their money: their payment pages are closed, and what had come
    for them goes back. By a job, since a payment is never locked after its deal."""
    cancelled = Milestone.objects.filter(contract_id=event.subject_id, status="cancelled")
    paying.call_off(PURPOSE, list(cancelled.values_list("pk", flat=True)), at=event.at)


def await_next(contract: Contract, *, at: datetime) -> Milestone | None:
    """The turn of the next unfunded milestone has come: its CL1 clock starts."""
    milestone = contract.milestones.filter(status="unfunded").order_by("position").first()
    if milestone is None or milestone.due_at is not None:
        return milestone
    due = days_after(at, settings.RULES.funding_days)
    milestone.wait(clocks.unfunded(settings.RULES), since=at, due=due)
    milestone.save(update_fields=[*WAITING_FIELDS])
    note("milestone.turn", contract, by=None, at=at, tell=CLIENT, milestone=milestone)
    return milestone


def expire(contract: Contract, *, at: datetime) -> None:
    """CL1, on a locked contract: no money came at all. No mark on the worker."""
    contract.status = CONTRACT.after(contract.status, "expire")
    contract.ended_at = at
    contract.stop_waiting()
    contract.save(update_fields=["status", "ended_at", *WAITING_FIELDS])
    ending.cancel_unfunded(contract, at=at, why="unfunded")
    messaging.rest(contract.thread_id, at=at)
    note("contract.expired", contract, by=None, at=at)


def cancel_rest(milestone: Milestone, *, at: datetime) -> None:
    """CL1, on a locked milestone whose turn had come: it and those after it are cancelled."""
    contract = milestone.contract
    ending.cancel_unfunded(contract, at=at, why="unfunded")
    note("milestone.cancelled", contract, by=None, at=at, milestone=milestone)
    ending.finish_if_over(contract, at=at)
