"""Reads of deals that are more than a query set: breakdowns, lists, what is still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from enishi.accounts.models import Account
from enishi.jobs.catalogue import read as catalogue
from enishi.kit.compiled import compiled
from enishi.kit.days import day_of, start_of_day
from enishi.kit.money import tax_inside
from enishi.kit.rules import Rules
from enishi.payments import queries as payments
from enishi.profiles import queries as profiles
from enishi.proposals.models import Proposal

from . import clocks, pay, withholding
from .lifecycle import LIVE, OVER
from .models import ChangeRequest, Contract, Milestone
from .withholding import Decision


def pay_of(milestone: Milestone) -> pay.Pay:
    """The breakdown of one milestone if it were paid next. For one already paid, what was."""
    contract = milestone.contract
    if milestone.fee is not None and milestone.fee_tax is not None:
        paid = milestone.paid_amount
        tax = tax_inside(paid, contract.rules.consumption_tax)
        return pay.Pay(
            amount=paid,
            tax=tax,
            base=paid - tax,
            withheld=milestone.withheld or 0,
            fee=milestone.fee,
            fee_tax=milestone.fee_tax,
        )
    return pay.pay(
        milestone.amount,
        paid_before=contract.paid_total,
        withheld=contract.is_withheld,
        rules=contract.rules,
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
            rules=contract.rules,
        )
        before += milestone.amount if milestone.status not in ("cancelled", "refunded") else 0
        pays.append(part)
    return pays


@dataclass(frozen=True, slots=True)
class Remittance:
    """What a client withheld in one month, and the last day to remit it (CO10)."""

    until: date
    amount: int
    payments: int


def remittances(client_id: int, *, at: datetime) -> list[Remittance]:
    """Those whose day has not passed, the nearest first."""
    today = day_of(at)
    month_before = start_of_day((today.replace(day=1) - timedelta(days=1)).replace(day=1))
    paid = Milestone.objects.filter(contract__client_id=client_id, withheld__gt=0)
    rows = paid.filter(fee__isnull=False, ended_at__gte=month_before)
    sums: dict[date, list[int]] = {}
    for ended_at, withheld in rows.values_list("ended_at", "withheld"):
        assert ended_at is not None
        sums.setdefault(withholding.remit_by(ended_at), []).append(withheld or 0)
    found = (Remittance(until, sum(each), len(each)) for until, each in sorted(sums.items()))
    return [one for one in found if one.until >= today]


def open_deals(account_id: int) -> list[str]:
    """What keeps an account from being closed (PE6): titles of live deals, and open money."""
    deals = Contract.objects.filter(Q(client_id=account_id) | Q(worker_id=account_id)).live()
    titles = list(deals.order_by("id").values_list("title", flat=True))
    if payments.has_open_money(account_id):
        titles.append(gettext("money that is still on its way"))
    return titles


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is in a deal, what is asked, until when, and what happens otherwise."""

    owner: str  # client | worker | both | office | nobody
    verb: str  # what is asked: agree, fund, deliver, accept, review …
    due_at: datetime | None
    outcome: str  # English sentence id: what happens if nobody acts
    milestone: Milestone | None = None
    change: ChangeRequest | None = None


CLOCKS = {
    "unfunded": (clocks.unfunded, "fund"),
    "funded": (clocks.working, "deliver"),
    "held": (clocks.held, "wait"),
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
        "ended": (clocks.rating, "review"),
    }
    found: list[Turn] = []
    if contract.status in of_contract and contract.due_at:
        make, verb = of_contract[contract.status]
        clock = make(rules)
        first = milestones[0] if contract.status == "agreed" and milestones else None
        owner = contract.rater if contract.status == "ended" else clock.owner
        found.append(Turn(owner, verb, contract.due_at, clock.says, first))
    for milestone in milestones:
        if milestone.due_at and milestone.status in CLOCKS:
            make, verb = CLOCKS[milestone.status]
            clock = make(rules)
            found.append(Turn(clock.owner, verb, milestone.due_at, clock.says, milestone))
    return sorted(found, key=_by_due)


def is_last(milestone: Milestone) -> bool:
    """Whether nothing else is left to be done or paid in its contract."""
    others = Milestone.objects.filter(contract=milestone.contract_id).exclude(pk=milestone.pk)
    return not others.exclude(status__in=OVER).exists()


def asked(contract: Contract, change: ChangeRequest) -> Turn:
    """An open change request waits for the side that did not ask (CL14)."""
    owner = "worker" if change.by_id == contract.client_id else "client"
    says = clocks.changing(settings.RULES).says
    return Turn(owner, "answer", change.due_at, says, change.milestone, change)


def _by_due(turn: Turn) -> datetime:
    assert turn.due_at is not None
    return turn.due_at


@dataclass(frozen=True, slots=True)
class Deal:
    """A contract in a list: the reader's side, the milestones in order, what waits in it."""

    contract: Contract
    side: str  # client | worker
    milestones: list[Milestone]
    turns: list[Turn]


LONG_TEXTS = ("content", "deliverable", "acceptance", "differences")


def deals_of(account: Account, *, status: str = "", before: int | None = None) -> list[Deal]:
    """The newest contracts of both sides, a page and one more, in three queries."""
    found = Contract.objects.seen_by(account)
    if status == "live":
        found = found.live()
    elif status == "over":
        found = found.exclude(status__in=LIVE)
    if before is not None:
        found = found.filter(pk__lt=before)
    return _deals(found.order_by("-id")[: settings.RULES.page_size + 1], account)


def waiting_for(account: Account, *, most: int = 100) -> list[Deal]:
    """The deals of an account in which something waits, the nearest due time first."""
    due = Q(status__in=LIVE) | Q(status="completed", due_at__isnull=False)
    found = Contract.objects.seen_by(account).filter(due)
    nearest = found.annotate(next_due=Coalesce(Min("milestones__due_at"), F("due_at")))
    deals = _deals(nearest.order_by("next_due", "id")[:most], account)
    return sorted((deal for deal in deals if deal.turns), key=_first_due)


def _deals(found: QuerySet[Contract], account: Account) -> list[Deal]:
    rows = found.select_related("client", "worker").defer(*LONG_TEXTS)
    contracts = list(rows.prefetch_related("milestones"))
    requests = ChangeRequest.objects.filter(
        status="requested", milestone__contract__in=[one.pk for one in contracts]
    )
    open_requests: dict[int, list[ChangeRequest]] = {}
    for change in requests.select_related("milestone"):
        open_requests.setdefault(change.milestone.contract_id, []).append(change)
    return [_deal(one, account, open_requests.get(one.pk, [])) for one in contracts]


def _deal(contract: Contract, account: Account, requests: list[ChangeRequest]) -> Deal:
    milestones = sorted(contract.milestones.all(), key=_by_position)
    waits = turns(contract, milestones) + [asked(contract, change) for change in requests]
    side = "client" if contract.client_id == account.pk else "worker"
    return Deal(contract, side, milestones, sorted(waits, key=_by_due))


def _by_position(milestone: Milestone) -> int:
    return milestone.position


def _first_due(deal: Deal) -> datetime:
    return _by_due(deal.turns[0])


def completed_of_workers(worker_ids: Iterable[int]) -> dict[int, int]:
    """Finished contracts of each of these workers, in one query; who has none is absent."""
    return dict(_completed_of_workers(list(worker_ids)))


@compiled
def _completed_of_workers(worker_ids: list[int]) -> QuerySet[Contract, Any]:
    done = Contract.objects.filter(worker_id__in=worker_ids, status="completed")
    counted = done.values("worker_id").annotate(contracts=Count("pk")).order_by("worker_id")
    return counted.values_list("worker_id", "contracts")


def categories_of_workers(worker_ids: Iterable[int]) -> dict[int, set[str]]:
    """In which categories each of these workers was ever paid, in one query; of those who were in
    none, nothing."""
    found: dict[int, set[str]] = {}
    for worker_id, category in _categories_of_workers(list(worker_ids)):
        found.setdefault(worker_id, set()).add(category)
    return found


@compiled
def _categories_of_workers(worker_ids: list[int]) -> QuerySet[Contract, Any]:
    paid = Contract.objects.filter(worker_id__in=worker_ids, paid_total__gt=0, job__isnull=False)
    return paid.values_list("worker_id", "job__category").distinct().order_by()


def rules_between(client_id: int, worker_id: int, *, at: datetime) -> Rules:
    """The rules with the rates of an offer that is made now between these two (CO9, CO10)."""
    rules = settings.RULES.on(day_of(at))
    paid = _paid_between(client_id, worker_id) if rules.is_fee_by_pair else 0
    return pay.in_long_relation(rules, paid)


def rules_with_each(client_id: int, worker_ids: Iterable[int], *, at: datetime) -> dict[int, Rules]:
    """The same for many workers, in one query at most."""
    ids = list(worker_ids)
    rules = settings.RULES.on(day_of(at))
    paid = dict(_paid_to_each(client_id, ids)) if rules.is_fee_by_pair else {}
    return {each: pay.in_long_relation(rules, paid.get(each, 0)) for each in ids}


@compiled
def _paid_to_each(client_id: int, worker_ids: list[int]) -> QuerySet[Contract, Any]:
    between = Contract.objects.filter(client_id=client_id, worker_id__in=worker_ids)
    summed = between.values("worker_id").annotate(paid=Sum("paid_total")).order_by("worker_id")
    return summed.values_list("worker_id", "paid")


def _paid_between(client_id: int, worker_id: int) -> int:
    between = Contract.objects.filter(client_id=client_id, worker_id=worker_id)
    return between.aggregate(paid=Sum("paid_total"))["paid"] or 0


def preview(
    proposal: Proposal, amounts: Iterable[int], *, rules: Rules
) -> tuple[list[pay.Pay], str]:
    """What an offer on this proposal would pay for each milestone, and the reason for the
    withholding ("" when nothing is withheld): shown before the client offers (CO8)."""
    reason = withholding_reason(proposal)
    return pay.plan(amounts, withheld=bool(reason), rules=rules), reason


def withholding_reason(proposal: Proposal) -> str:
    """The kind of pay for which an offer on this proposal would withhold; empty: it would not."""
    kind = catalogue.withholding_kind(proposal.job.subcategory)
    return kind if withholding_between(proposal).is_withheld else ""


def withholding_between(proposal: Proposal) -> Decision:
    """CO10 for the two sides of a proposal as they are today."""
    return withholding.decide(
        catalogue.withholding_kind(proposal.job.subcategory),
        payee_kind=profiles.payee_kind(proposal.worker_id),
        payer_kind=profiles.payer_kind(proposal.client_id),
    )


def withholding_of(contract: Contract) -> Decision:
    """CO10 as it was decided with the offer."""
    kind = contract.withholding_reason
    if not kind and contract.job:
        kind = catalogue.withholding_kind(contract.job.subcategory)
    sides = {"payee_kind": contract.payee_kind, "payer_kind": contract.payer_kind}
    return withholding.decide(kind, **sides)
