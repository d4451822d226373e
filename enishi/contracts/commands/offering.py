"""From a proposal to an agreement: offer, agree, decline, withdraw (CO1, CO2)."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts import clocks, order, pay, policy, queries
from enishi.contracts.lifecycle import CONTRACT
from enishi.contracts.models import Contract, Milestone
from enishi.contracts.policy import OfferTerms
from enishi.documents import commands as documents
from enishi.documents import papers
from enishi.kit.days import day_of, days_after
from enishi.kit.errors import Refused
from enishi.kit.waiting import WAITING_FIELDS
from enishi.messaging import commands as messaging
from enishi.profiles import queries as profiles
from enishi.proposals import commands as proposals
from enishi.proposals.models import Proposal

from . import funding, locking
from .noting import CLIENT, WORKER, note


@transaction.atomic
def offer(proposal_id: int, *, by: Account, at: datetime, terms: OfferTerms) -> Contract:
    """The client offers a contract with every legal item stated (CO1)."""
    faults = policy.faults(terms, today=day_of(at), rules=settings.RULES)
    if faults:
        raise Refused.because("contract.incomplete", fields=", ".join(sorted(faults)))
    funding.refuse_debtors(by)
    proposal = proposals.offer(proposal_id, by=by)
    locking.sides(proposal.client_id, proposal.worker_id)
    contract = _written(proposal, terms, at=at)
    missing = papers.missing(order.sheet(contract, at=at))
    if missing:
        raise Refused.because("contract.incomplete", fields=", ".join(missing))
    messaging.wake(contract.thread_id)
    note("contract.offered", contract, by=by, at=at, tell=WORKER, amount=contract.amount)
    return contract


def _written(proposal: Proposal, terms: OfferTerms, *, at: datetime) -> Contract:
    differing = policy.differences(order.posted(proposal), order.offered(terms))
    rules = queries.rules_between(proposal.client_id, proposal.worker_id, at=at)
    contract = Contract(
        job=proposal.job,
        proposal=proposal,
        client_id=proposal.client_id,
        worker_id=proposal.worker_id,
        thread_id=proposal.thread_id,
        **{name: getattr(terms, name) for name in order.TERM_FIELDS},
        payer_kind=profiles.payer_kind(proposal.client_id),
        payee_kind=profiles.payee_kind(proposal.worker_id),
        withholding_reason=queries.withholding_reason(proposal),
        rates=pay.rates_of(rules),
        differences=[{"item": d.item, "posted": d.posted, "offered": d.offered} for d in differing],
        amount=sum(planned.amount for planned in terms.milestones),
        offered_at=at,
    )
    due = days_after(at, settings.RULES.offer_days)
    contract.wait(clocks.offered(settings.RULES), since=at, due=due)
    contract.save()
    Milestone.objects.bulk_create(
        Milestone(
            contract=contract,
            position=position,
            title=planned.title,
            amount=planned.amount,
            due_on=planned.due_on,
        )
        for position, planned in enumerate(terms.milestones, start=1)
    )
    return contract


@transaction.atomic
def agree(contract_id: int, *, by: Account, at: datetime, confirmed: Iterable[str]) -> Contract:
    """The worker agrees, having confirmed each difference to the post (CO2). The order sheet
    becomes an immutable record; the client's clock for the escrow starts (CL1)."""
    contract = locking.contract(contract_id, worker=by)
    after = CONTRACT.after(contract.status, "agree")
    if policy.unconfirmed(contract.differences, set(confirmed)):
        raise Refused.because("contract.differences_unconfirmed")
    locking.sides(contract.client_id, contract.worker_id)
    contract.status, contract.agreed_at = after, at
    contract.order_at = _order_of(contract, at)
    due = days_after(at, settings.RULES.funding_days)
    contract.wait(clocks.agreed(settings.RULES), since=at, due=due)
    contract.save(update_fields=["status", "agreed_at", "order_at", *WAITING_FIELDS])
    if contract.proposal_id:
        proposals.hire(contract.proposal_id, at=at)
    sides = [contract.client_id, contract.worker_id]
    sheet = order.sheet(contract, at=at)
    paper = documents.issue("order_sheet", contract, body=sheet, parties=sides, at=at)
    note("contract.agreed", contract, by=by, at=at, paper=str(paper.pk), amount=contract.amount)
    return contract


def _order_of(contract: Contract, at: datetime) -> datetime:
    """RA7, under the locks of both sides: when the order began that this contract belongs to."""
    before = Contract.objects.filter(
        client_id=contract.client_id, worker_id=contract.worker_id, order_at__isnull=False
    )
    last = before.order_by("-order_at").values_list("order_at", flat=True).first()
    return policy.order_of(last, at, days=settings.RULES.order_days)


@transaction.atomic
def decline(contract_id: int, *, by: Account, at: datetime, reason: str = "") -> Contract:
    """The worker does not want this offer. No mark is left."""
    contract = _unmade(locking.contract(contract_id, worker=by), "decline", at=at, reason=reason)
    note("contract.declined", contract, by=by, at=at, tell=CLIENT, reason=reason)
    return contract


@transaction.atomic
def withdraw(contract_id: int, *, by: Account, at: datetime, reason: str = "") -> Contract:
    """The client takes an unanswered offer back."""
    contract = _unmade(locking.contract(contract_id, client=by), "withdraw", at=at, reason=reason)
    note("contract.withdrawn", contract, by=by, at=at, tell=WORKER, reason=reason)
    return contract


def lapse(contract: Contract, *, at: datetime) -> None:
    """CL11, on a locked contract: the worker did not answer in time."""
    _unmade(contract, "lapse", at=at)
    note("contract.lapsed", contract, by=None, at=at)


def _unmade(contract: Contract, verb: str, *, at: datetime, reason: str = "") -> Contract:
    contract.status = CONTRACT.after(contract.status, verb)
    contract.ended_at, contract.end_reason = at, reason
    contract.stop_waiting()
    contract.save(update_fields=["status", "ended_at", "end_reason", *WAITING_FIELDS])
    if contract.proposal_id:
        proposals.free(contract.proposal_id, at=at)
    return contract
