"""What the page of a deal shows, gathered in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from enishi.accounts.models import Account
from enishi.contracts import pay, queries
from enishi.contracts.lifecycle import HOLDS_MONEY, OVER
from enishi.contracts.models import ChangeRequest, Contract, Delivery, DeliveryFile, Milestone
from enishi.contracts.queries import Deal
from enishi.documents.models import Document
from enishi.kit.compiled import compiled
from enishi.kit.days import day_of
from enishi.payments import queries as payments
from enishi.payments.queries import BankAccountView, PaymentView
from enishi.reviews.queries import ContractReviews
from enishi.web.files.showing import hang_in
from enishi.web.organisations import rights
from enishi.web.organisations.acting import is_decider
from enishi.web.terms import WITHHOLDING
from enishi.web.trust.cards import card_of

from . import acts, differences, endings, history, invoices, turns
from .step import Step


@dataclass(frozen=True, slots=True)
class Sheet:
    """One milestone as the page draws it."""

    milestone: Milestone
    pay: pay.Pay
    money: str  # state of the money line
    deliveries: Sequence[Delivery]
    change: ChangeRequest | None
    is_change_above: bool  # the bar on top has the buttons
    acts: list[dict[str, Any]]
    is_current: bool


@dataclass(frozen=True, slots=True)
class DealPage:
    contract: Contract
    side: str  # client | worker
    decides: bool  # or only reads and answers, as a member of an organisation (PE3)
    other: Account
    trust: dict[str, Any]
    sheets: list[Sheet]
    total: pay.Pay
    steps: list[Step]
    is_live: bool  # agreed or active: the money is where the sheets say
    paying: PaymentView | None  # begun, and the provider has not settled all of it
    failed: PaymentView | None
    bank: BankAccountView | None
    differences: list[differences.Words]
    invoice: invoices.Words | None  # while the offer waits for its answer
    withholding: Any  # why tax is withheld or not, in words
    events: int
    earlier: int  # events that the page leaves out
    timeline: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    stuck: list[dict[str, str]]  # what one can do in trouble


def load(contract_id: int, reader: Account) -> Contract:
    """The contract for one of its sides; nobody else finds it."""
    found: Contract = _contract.get(contract_id, reader.pk)
    return found


@compiled
def _contract(contract_id: int, reader_id: int) -> QuerySet[Contract]:
    found = Contract.objects.seen_by(reader_id).select_related("client", "worker", "job")
    return found.filter(pk=contract_id)


def deal_page(contract: Contract, request: HttpRequest, reviews: ContractReviews) -> DealPage:
    reader: Account = request.user  # type: ignore[assignment]  # the door lets only accounts in
    deal = _deal(contract, reader)
    pays = queries.pays_of(contract, deal.milestones)
    payment = _payment(deal.milestones)
    paying = payment if payment and payment.status == "processing" else None
    written = reviews.mine is not None
    steps = turns.steps(deal, written=written, paying=paying) or [endings.ending(deal)]
    steps = [replace(one, actions=rights.open_to(reader, one.actions)) for one in steps]
    if deal.side == "client":
        person, role = contract.worker, "worker"
    else:
        person, role = contract.client, "client"
    # A receipt is for the client alone.
    papers = [paper for paper in _papers(str(contract.pk)) if reader.pk in paper.parties]
    events = history.events_of(contract.pk)
    shown = events if request.GET.get("events") == "all" else events[: history.SHOWN]
    return DealPage(
        contract=contract,
        side=deal.side,
        decides=is_decider(reader),
        other=person,
        trust=card_of(person.pk, role, "contract", at=request.now),
        sheets=_sheets(deal, pays, steps, reader, is_paying=paying is not None),
        total=pay.total(pays),
        steps=steps,
        is_live=contract.status in ("agreed", "active"),
        paying=paying,
        failed=payment if payment and deal.side == "client" and payment.failure_code else None,
        bank=payments.bank_account_of(reader.pk) if deal.side == "worker" else None,
        differences=differences.in_words(contract.differences),
        invoice=_invoice(contract, at=request.now),
        withholding=WITHHOLDING[queries.withholding_of(contract).why],
        events=len(events),
        earlier=len(events) - len(shown),
        timeline=_timeline(deal, pays, shown, papers, reader, at=request.now),
        papers=[_paper(paper) for paper in papers],
        stuck=rights.open_to(reader, acts.in_trouble(deal)),
    )


def _invoice(contract: Contract, *, at: datetime) -> invoices.Words | None:
    if contract.status != "offered":
        return None
    return invoices.words(contract.worker_id, today=day_of(at))


def _deal(contract: Contract, reader: Account) -> Deal:
    milestones = _milestones(contract)
    requests = [change for row in milestones for change in _asked(row)]
    waits = queries.turns(contract, milestones)
    waits += [queries.asked(contract, change) for change in requests]
    side = "client" if contract.client_id == reader.pk else "worker"
    return Deal(contract, side, milestones, waits)


def _milestones(contract: Contract) -> list[Milestone]:
    """With deliveries, their files, and open requests, as a prefetch would hang them in."""
    found: list[Milestone] = _rows(contract.pk)
    ids = [row.pk for row in found]
    deliveries = _deliveries(ids)
    _hang(deliveries, "files", _files([one.pk for one in deliveries]), by="delivery_id")
    hang_in(deliveries)
    _hang(found, "deliveries", deliveries, by="milestone_id")
    _hang(found, "changes", _requests(ids), by="milestone_id")
    return found


def _hang(parents: Sequence[Any], name: str, rows: Sequence[Any], *, by: str) -> None:
    for parent in parents:
        found = getattr(parent, name).all()
        found._result_cache = [row for row in rows if getattr(row, by) == parent.pk]
        parent.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


@compiled
def _rows(contract_id: int) -> QuerySet[Milestone]:
    return Milestone.objects.filter(contract_id=contract_id).order_by("position")


@compiled
def _deliveries(milestone_ids: list[int]) -> QuerySet[Delivery]:
    found = Delivery.objects.filter(milestone_id__in=milestone_ids).order_by("number")
    return found.select_related("revision")


@compiled
def _files(delivery_ids: list[int]) -> QuerySet[DeliveryFile]:
    return DeliveryFile.objects.filter(delivery_id__in=delivery_ids).order_by("id")


@compiled
def _requests(milestone_ids: list[int]) -> QuerySet[ChangeRequest]:
    found = ChangeRequest.objects.filter(milestone_id__in=milestone_ids, status="requested")
    return found.select_related("by", "milestone")


@compiled
def _papers(contract_id: str) -> QuerySet[Document]:
    about = Document.objects.filter(subject_kind="contract", subject_id=contract_id)
    return about.order_by("at", "number").defer("body")


def _asked(milestone: Milestone) -> list[ChangeRequest]:
    return list(milestone.changes.all())  # only the open ones: `_milestones` hung them in


def _sheets(
    deal: Deal, pays: list[pay.Pay], steps: list[Step], reader: Account, *, is_paying: bool
) -> list[Sheet]:
    current = next((row.pk for row in deal.milestones if row.status not in OVER), None)
    said = {(step.milestone_id, step.verb) for step in steps[:1]}
    fundable = next((row.pk for row in deal.milestones if row.status == "unfunded"), None)
    return [
        Sheet(
            milestone=row,
            pay=part,
            money=_money(row),
            deliveries=list(row.deliveries.all()),
            change=next(iter(_asked(row)), None),
            is_change_above=(row.pk, "answer") in said,
            acts=rights.open_to(
                reader,
                acts.of_milestone(row, part, deal, said, fundable=None if is_paying else fundable),
            ),
            is_current=row.pk == current,
        )
        for row, part in zip(deal.milestones, pays, strict=True)
    ]


def _money(milestone: Milestone) -> str:
    if milestone.status in HOLDS_MONEY:
        return "held"
    known = {"accepted": "paid", "settled": "split", "refunded": "returned"}
    return known.get(milestone.status, "unfunded")


def _payment(milestones: list[Milestone]) -> PaymentView | None:
    """The newest payment for the milestone that waits for money."""
    waiting = next((m for m in milestones if m.status == "unfunded"), None)
    return payments.payment_of("milestone", waiting.pk) if waiting else None


def _timeline(
    deal: Deal,
    pays: list[pay.Pay],
    events: list[Any],
    papers: list[Document],
    reader: Account,
    *,
    at: datetime,
) -> list[dict[str, Any]]:
    parts = {row.pk: part for row, part in zip(deal.milestones, pays, strict=True)}
    deliveries = [one for row in deal.milestones for one in row.deliveries.all()]
    past = history.past(events, reader, papers=papers, deliveries=deliveries)
    return history.ahead(deal, parts, at=at) + past


def _paper(paper: Document) -> dict[str, Any]:
    return {
        "href": reverse("document", args=[paper.pk]),
        "name": history.paper_name(paper),
        "meta": paper.number,
        "hash": paper.sha256,
    }
