"""What the page of a deal shows, gathered in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.accounts.models import Account
from enishi.contracts import pay, queries
from enishi.contracts.lifecycle import HOLDS_MONEY
from enishi.contracts.models import ChangeRequest, Contract, Delivery, Milestone
from enishi.documents.models import Document
from enishi.events.models import Event
from enishi.notifications.letters.reading import letters_for
from enishi.payments import queries as payments

from . import turns

MONEY_EVENTS = ("milestone.funded", "milestone.accepted", "milestone.deemed", "milestone.refunded")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One milestone as the page draws it."""

    milestone: Milestone
    pay: pay.Pay
    money: str  # state of the money line
    deliveries: Sequence[Delivery]
    change: ChangeRequest | None
    can: frozenset[str]  # verbs open to the reader


@dataclass(frozen=True, slots=True)
class DealPage:
    contract: Contract
    side: str  # client | worker
    other: Account
    sheets: list[Sheet]
    total: pay.Pay
    steps: list[turns.Step]
    is_paying: bool
    timeline: list[dict[str, Any]]
    documents: list[dict[str, Any]] = field(default_factory=list)


def load(contract_id: int, reader: Account) -> Contract:
    """The contract for one of its sides; nobody else finds it."""
    found = Contract.objects.seen_by(reader).select_related("client", "worker", "job")
    return found.get(pk=contract_id)


def deal_page(contract: Contract, request: HttpRequest) -> DealPage:
    reader: Account = request.user  # type: ignore[assignment]  # the door lets only accounts in
    side = "client" if contract.client_id == reader.pk else "worker"
    milestones = _milestones(contract)
    pays = queries.pays_of(contract, milestones)
    sheets = [
        _sheet(milestone, part, contract, side)
        for milestone, part in zip(milestones, pays, strict=True)
    ]
    steps = [turns.step(turn, contract, side) for turn in queries.turns(contract, milestones)]
    return DealPage(
        contract=contract,
        side=side,
        other=contract.worker if side == "client" else contract.client,
        sheets=sheets,
        total=pay.total(pays),
        steps=sorted(steps, key=_mine_first),
        is_paying=_is_paying(milestones),
        timeline=_timeline(contract, milestones, reader),
        documents=_documents(contract),
    )


def _mine_first(step: turns.Step) -> tuple[bool, datetime | None]:
    return step.turn != "yours", step.due_at


def _milestones(contract: Contract) -> list[Milestone]:
    deliveries = Delivery.objects.order_by("number").select_related("revision")
    deliveries = deliveries.prefetch_related("files")
    asked = ChangeRequest.objects.filter(status="requested").select_related("by")
    return list(
        contract.milestones.order_by("position").prefetch_related(
            Prefetch("deliveries", deliveries), Prefetch("changes", asked, to_attr="asked")
        )
    )


def _sheet(milestone: Milestone, part: pay.Pay, contract: Contract, side: str) -> Sheet:
    asked: list[ChangeRequest] = milestone.asked  # type: ignore[attr-defined]  # the prefetch above
    return Sheet(
        milestone=milestone,
        pay=part,
        money=_money(milestone),
        deliveries=list(milestone.deliveries.all()),
        change=asked[0] if asked else None,
        can=_verbs(milestone, contract, side),
    )


def _money(milestone: Milestone) -> str:
    if milestone.status in HOLDS_MONEY:
        return "held"
    known = {"accepted": "paid", "settled": "paid", "refunded": "returned"}
    return known.get(milestone.status, "unfunded")


def _verbs(milestone: Milestone, contract: Contract, side: str) -> frozenset[str]:
    """The buttons of this milestone: from the same table that the command and database obey."""
    if contract.status not in ("agreed", "active"):
        return frozenset()
    of_side = {
        "client": {
            "unfunded": {"fund", "change"},
            "funded": {"change"},
            "revising": {"change"},
            "delivered": {"accept", "ask_revision"},
        },
        "worker": {
            "unfunded": {"change"},
            "funded": {"deliver", "change", "refund"},
            "revising": {"deliver", "change", "refund"},
        },
    }
    verbs: set[str] = set(of_side[side].get(milestone.status, set()))
    if milestone.rounds_used >= contract.revision_rounds:
        verbs.discard("ask_revision")
    return frozenset(verbs)


def _is_paying(milestones: list[Milestone]) -> bool:
    """Money is on its way: the provider has the payment but has not settled it yet."""
    waiting = next((m for m in milestones if m.status == "unfunded"), None)
    payment = payments.payment_of("milestone", waiting.pk) if waiting else None
    return payment is not None and payment.status == "processing"


def _timeline(
    contract: Contract, milestones: list[Milestone], reader: Account
) -> list[dict[str, Any]]:
    events = list(
        Event.objects.filter(subject_kind="contract", subject_id=str(contract.pk)).order_by("-id")
    )
    entries = [
        {
            "at": turn.due_at,
            "text": _(turn.outcome),
            "ahead": True,
            "node": "",
        }
        for turn in queries.turns(contract, milestones)
    ]
    for event, letter in letters_for(events, reader):
        node = "money" if event.name in MONEY_EVENTS else "" if event.by_id else "system"
        node = "you" if event.by_id == reader.pk and not node else node
        entries.append({"at": event.at, "text": letter.title, "note": letter.quote, "node": node})
    return entries


def _documents(contract: Contract) -> list[dict[str, Any]]:
    names = {"order_sheet": _("Order sheet")}
    return [
        {
            "href": reverse("document", args=[paper.pk]),
            "name": names.get(paper.kind, paper.kind),
            "meta": paper.number,
            "hash": paper.sha256,
        }
        for paper in Document.objects.about(contract).order_by("at")
    ]


def sums(part: pay.Pay, side: str) -> list[tuple[str, int, str]]:
    """The rows of the fee table, as this side reads them (CO8–CO10)."""
    rules = settings.RULES
    rows = [(_("Contract amount (tax included)"), part.amount, "")]
    if part.withheld:
        rate = f"{rules.withholding_rate / 100:.2f}"
        note = _("%(rate)s%% of %(base)s without tax") % {"rate": rate, "base": f"{part.base:,}"}
        rows.append((_("Withheld income tax"), -part.withheld, note))
    if side == "worker":
        rows.append((_("System fee"), -part.fee, ""))
        rows.append((_("Consumption tax on the fee"), -part.fee_tax, ""))
    return rows


def total_of(part: pay.Pay, side: str) -> tuple[str, int]:
    if side == "worker":
        return (_("You receive"), part.net)
    return (_("You pay into escrow"), part.funded)
