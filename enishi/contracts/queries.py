"""Reads of deals that are more than a query set: breakdowns, lists, what is still open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q

from enishi.accounts.models import Account
from enishi.kit.money import tax_inside
from enishi.payments import queries as payments

from . import clocks, pay
from .lifecycle import HOLDS_MONEY, LIVE
from .models import Contract, Milestone


def pay_of(milestone: Milestone) -> pay.Pay:
    """The breakdown of one milestone if it were paid next. For one already paid, what was."""
    contract = milestone.contract
    if milestone.fee is not None and milestone.fee_tax is not None:
        tax = tax_inside(milestone.amount, settings.RULES.consumption_tax)
        return pay.Pay(
            amount=milestone.amount,
            tax=tax,
            base=milestone.amount - tax,
            withheld=milestone.withheld or 0,
            fee=milestone.fee,
            fee_tax=milestone.fee_tax,
        )
    return pay.pay(
        milestone.amount,
        paid_before=contract.paid_total,
        withheld=contract.is_withheld,
        rules=settings.RULES,
    )


def pays_of(contract: Contract, milestones: list[Milestone]) -> list[pay.Pay]:
    """The breakdown of every milestone in order: what was paid, then what is to come."""
    before, pays = contract.paid_total, []
    for milestone in milestones:
        milestone.contract = contract
        if milestone.fee is not None:
            pays.append(pay_of(milestone))
            continue
        part = pay.pay(
            milestone.amount,
            paid_before=before,
            withheld=contract.is_withheld,
            rules=settings.RULES,
        )
        before += milestone.amount if milestone.status not in ("cancelled", "refunded") else 0
        pays.append(part)
    return pays


def open_deals(account_id: int) -> list[str]:
    """What keeps an account from being closed (PE6): titles of live deals, and open money."""
    deals = Contract.objects.filter(Q(client_id=account_id) | Q(worker_id=account_id)).live()
    titles = list(deals.order_by("id").values_list("title", flat=True))
    if payments.has_open_money(account_id):
        titles.append("¥")
    return titles


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One row of "my contracts"."""

    id: int
    title: str
    status: str
    amount: int
    other_id: int
    other_name: str
    side: str  # client | worker: the reader's side
    offered_at: datetime
    due_at: datetime | None
    milestones: int
    held: int  # milestones whose money is in escrow
    waiting: str  # state of the milestone that falls due next, or the contract's own


COLUMNS = ("id", "title", "status", "amount", "client_id", "worker_id", "offered_at", "due_at")


def contracts_of(
    account: Account, *, status: str = "", before: int | None = None
) -> list[ContractLine]:
    """The newest contracts of both sides, a page at a time, in one query."""
    found = Contract.objects.seen_by(account)
    if status == "live":
        found = found.live()
    elif status == "over":
        found = found.exclude(status__in=LIVE)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = (
        found.annotate(
            parts=Count("milestones"),
            held=Count("milestones", filter=Q(milestones__status__in=HOLDS_MONEY)),
            next_due=Min("milestones__due_at"),
            delivered=Count("milestones", filter=Q(milestones__status="delivered")),
        )
        .order_by("-id")
        .values(*COLUMNS, "client__name", "worker__name", "parts", "held", "next_due", "delivered")
    )
    return [_line(row, account.pk) for row in rows[: settings.RULES.page_size + 1]]


def _line(row: dict[str, Any], reader_id: int) -> ContractLine:
    side = "client" if row["client_id"] == reader_id else "worker"
    other = "worker" if side == "client" else "client"
    return ContractLine(
        id=row["id"],
        title=row["title"],
        status=row["status"],
        amount=row["amount"],
        other_id=row[f"{other}_id"],
        other_name=row[f"{other}__name"],
        side=side,
        offered_at=row["offered_at"],
        due_at=row["next_due"] or row["due_at"],
        milestones=row["parts"],
        held=row["held"],
        waiting="delivered" if row["delivered"] else row["status"],
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is in a deal, what is asked, until when, and what happens otherwise."""

    owner: str  # client | worker | both | office | nobody
    verb: str  # what is asked: agree, fund, deliver, accept, review …
    due_at: datetime | None
    outcome: str  # English sentence id: what happens if nobody acts
    milestone: Milestone | None = None


CLOCKS = {
    "unfunded": (clocks.unfunded, "fund"),
    "funded": (clocks.working, "deliver"),
    "revising": (clocks.revising, "deliver"),
    "delivered": (clocks.inspecting, "accept"),
}


def turns(contract: Contract, milestones: list[Milestone]) -> list[Turn]:
    """Everything that waits now, the nearest due time first (look.md, next-step bar)."""
    rules = settings.RULES
    of_contract = {
        "offered": (clocks.offered, "agree"),
        "agreed": (clocks.agreed, "fund"),
        "completed": (clocks.reviewing, "review"),
    }
    found: list[Turn] = []
    if contract.status in of_contract and contract.due_at:
        make, verb = of_contract[contract.status]
        clock = make(rules)
        first = milestones[0] if contract.status == "agreed" and milestones else None
        found.append(Turn(clock.owner, verb, contract.due_at, clock.says, first))
    for milestone in milestones:
        if milestone.due_at and milestone.status in CLOCKS:
            make, verb = CLOCKS[milestone.status]
            clock = make(rules)
            found.append(Turn(clock.owner, verb, milestone.due_at, clock.says, milestone))
    return sorted(found, key=_by_due)


def _by_due(turn: Turn) -> datetime:
    assert turn.due_at is not None
    return turn.due_at


def waiting_for(account: Account, *, most: int = 40) -> list[tuple[Contract, str, list[Turn]]]:
    """Every live deal of an account with the reader's side and what waits in it, in two queries;
    the nearest due time first."""
    due = Q(status__in=LIVE) | Q(status="completed", due_at__isnull=False)
    found = Contract.objects.seen_by(account).filter(due).select_related("client", "worker")
    deals = found.prefetch_related("milestones").order_by("-id")[:most]
    lines = []
    for contract in deals:
        milestones = sorted(contract.milestones.all(), key=_by_position)
        side = "client" if contract.client_id == account.pk else "worker"
        lines.append((contract, side, turns(contract, milestones)))
    return sorted((line for line in lines if line[2]), key=_first_due)


def _by_position(milestone: Milestone) -> int:
    return milestone.position


def _first_due(line: tuple[Contract, str, list[Turn]]) -> datetime:
    return _by_due(line[2][0])
