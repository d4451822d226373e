"""What the office's desk reads: people, deals, money held, clocks, mail. It changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Q, Sum

from enishi.accounts.models import Account
from enishi.contracts.lifecycle import HOLDS_MONEY
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.escrow import queries as escrow
from enishi.jobs.models import Job
from enishi.kit.clocks import Clock
from enishi.organisations.models import Membership
from enishi.payments.models import Chargeback, HolderCheck, PayoutBatch, Refund
from enishi.proposals.models import Proposal
from enishi.ranks.models import Standing
from enishi.safety.models import Report
from enishi.verification.models import SealedPicture, Verification

from .calling import called
from .models import Difference, Finding, MoneyAct

PAGE = 20
KEPT = 600  # seconds
CYCLES = {
    "jobs.Job": "job",
    "proposals.Proposal": "proposal",
    "contracts.Contract": "contract",
    "contracts.Milestone": "milestone",
    "contracts.ChangeRequest": "change",
    "payments.Chargeback": "chargeback",
    "payments.Refund": "refund",
    "payments.PayoutBatch": "batch",
    "payments.HolderCheck": "holder",
    "office.MoneyAct": "act",
    "office.Difference": "difference",
    "verification.Verification": "verification",
    "verification.SealedPicture": "picture",
    "safety.Report": "report",
    "organisations.Membership": "membership",
    "ranks.Standing": "standing",
    "office.Finding": "finding",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """The market on one line. Money is whole yen."""

    people: int
    open_jobs: int
    waiting_proposals: int
    live_contracts: int
    held: int
    overdue: int


def figures() -> Figures:
    return Figures(
        people=Account.objects.filter(closed_at=None).count(),
        open_jobs=Job.objects.open().count(),
        waiting_proposals=Proposal.objects.filter(status__in=("sent", "shortlisted")).count(),
        live_contracts=Contract.objects.live().count(),
        held=escrow.held_total(),
        overdue=Milestone.objects.filter(
            overdue_at__isnull=False, status__in=("funded", "revising")
        ).count(),
    )


def ledger_faults() -> list[escrow.Fault]:
    """What is wrong with the ledger. All of it is read for this, so the answer is kept for a
    while; `enishi verify-ledger` always looks anew."""
    return cache.get_or_set("office.ledger", escrow.verify, KEPT) or []


def people(*, search: str = "", before: int | None = None) -> list[Account]:
    """Accounts by newest, found by a part of the name or the e-mail."""
    found = Account.objects.all()
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__icontains=search))
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-id")[: PAGE + 1])


def deals(*, search: str = "", before: int | None = None) -> list[Contract]:
    """Contracts by newest with their held money."""
    found = Contract.objects.select_related("client", "worker").annotate(
        held=Sum("milestones__escrow_amount", filter=Q(milestones__status__in=HOLDS_MONEY)),
        parts=Count("milestones"),
    )
    if search:
        named = Q(client__name__icontains=search) | Q(worker__name__icontains=search)
        found = found.filter(Q(title__icontains=search) | named)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-id")[: PAGE + 1])


def deal(contract_id: int) -> Contract:
    """One contract with both sides, for whoever may read the market."""
    return Contract.objects.select_related("client", "worker", "job").get(pk=contract_id)


@dataclass(frozen=True, slots=True)
class Due:
    """One row that waits, with the clock it waits by."""

    clock: Clock
    subject_id: int
    contract_id: int | None
    job_id: int | None
    due_at: datetime
    next_at: datetime | None
    title: str
    piece: str  # the milestone, if it is about one; the kind of a verification
    people: tuple[str, ...]  # the two sides, or whoever waits

    @property
    def cycle(self) -> str:
        """The life cycle its state belongs to."""
        return CYCLES[self.clock.subject]


OfMoney = Chargeback | Refund | MoneyAct | Difference | PayoutBatch | HolderCheck
OfOffice = OfMoney | Report | Finding

# What the words of a due row are read from.
RELATED = {
    "jobs.Job": ("client",),
    "proposals.Proposal": ("job", "client", "worker"),
    "contracts.Contract": ("client", "worker"),
    "contracts.Milestone": ("contract__client", "contract__worker"),
    "contracts.ChangeRequest": ("milestone__contract__client", "milestone__contract__worker"),
    "payments.Chargeback": ("payment__payer",),
    "payments.Refund": ("payment__payer",),
    "payments.PayoutBatch": ("made_by",),
    "payments.HolderCheck": ("bank__account",),
    "office.MoneyAct": ("proposed_by",),
    "office.Difference": (),
    "verification.Verification": ("account",),
    "verification.SealedPicture": ("verification__account",),
    "safety.Report": ("by", "about", "contract"),
    "organisations.Membership": ("organisation",),
    "ranks.Standing": ("account",),
    "office.Finding": (),
}


def clocks(*, most: int = 50) -> list[Due]:
    """What falls due next over all waiting states, one indexed query a table."""
    wiring = import_module(settings.WIRING)
    by_state = {(clock.subject, clock.state): clock for clock in wiring.CLOCKS}
    found: list[Due] = []
    for label in wiring.SWEPT:
        model = apps.get_model(label)
        states = [state for subject, state in by_state if subject == label]
        rows = model._default_manager.filter(status__in=states, due_at__isnull=False)
        for row in rows.select_related(*RELATED[label]).order_by("due_at", "pk")[:most]:
            found.append(_due(by_state[label, row.status], row))
    return sorted(found, key=_when)[:most]


def _due(clock: Clock, row: Any) -> Due:
    """The words of a row, found along its own relations: milestone, contract, or post."""
    if isinstance(row, OfOffice):
        return _due_of_office(clock, row)
    if isinstance(row, Verification | SealedPicture):
        return _due_of_check(clock, row)
    if isinstance(row, Standing):
        return _due_of_rank(clock, row)
    if isinstance(row, Membership):
        return _due_of_membership(clock, row)
    milestone = row.milestone if isinstance(row, ChangeRequest) else row
    piece = milestone.title if isinstance(milestone, Milestone) else ""
    about = milestone.contract if isinstance(milestone, Milestone) else row
    job = row.job if isinstance(row, Proposal) else row if isinstance(row, Job) else None
    sides = [getattr(about, side, None) for side in ("client", "worker")]
    return Due(
        clock=clock,
        subject_id=row.pk,
        contract_id=about.pk if isinstance(about, Contract) else None,
        job_id=job.pk if job else None,
        due_at=row.due_at,
        next_at=row.next_at,
        title=job.title if job else about.title,
        piece=piece,
        people=tuple(one.name for one in sides if one is not None),
    )


def _due_of_office(clock: Clock, row: OfOffice) -> Due:
    assert row.due_at is not None
    people: tuple[str, ...] = ()
    if isinstance(row, MoneyAct):
        title, people = row.reason, (row.proposed_by.name,)
    elif isinstance(row, Chargeback | Refund):
        title, people = row.payment.description, (row.payment.payer.name,)
    elif isinstance(row, PayoutBatch):
        title, people = f"{row.transfer_on:%Y-%m-%d}", (row.made_by.name,)
    elif isinstance(row, Report):
        title = row.contract.title if row.contract else row.about.name
        people = (row.by.name, row.about.name)
    elif isinstance(row, HolderCheck):
        title, people = row.bank.holder, (row.bank.account.name,)
    elif isinstance(row, Finding):
        title = called(row.kind, len(row.people))
    else:
        title = row.reference or row.source or row.kind
    return Due(
        clock=clock,
        subject_id=row.pk,
        contract_id=None,
        job_id=None,
        due_at=row.due_at,
        next_at=row.next_at,
        title=title,
        piece="",
        people=people,
    )


def _due_of_rank(clock: Clock, row: Standing) -> Due:
    """`piece` is the rank that will fall."""
    assert row.due_at is not None
    return Due(
        clock=clock,
        subject_id=row.pk,
        contract_id=None,
        job_id=None,
        due_at=row.due_at,
        next_at=row.next_at,
        title="",
        piece=row.rank,
        people=(row.account.name,),
    )


def _due_of_membership(clock: Clock, row: Membership) -> Due:
    """Whose address it is stands on no list: the organisation alone is named."""
    assert row.due_at is not None
    return Due(
        clock=clock,
        subject_id=row.pk,
        contract_id=None,
        job_id=None,
        due_at=row.due_at,
        next_at=row.next_at,
        title=row.organisation.name,
        piece="",
        people=(),
    )


def _due_of_check(clock: Clock, row: Verification | SealedPicture) -> Due:
    """`title` is what a qualification or a business is called: empty for the other kinds."""
    assert row.due_at is not None
    checked = row.verification if isinstance(row, SealedPicture) else row
    return Due(
        clock=clock,
        subject_id=checked.pk,
        contract_id=None,
        job_id=None,
        due_at=row.due_at,
        next_at=row.next_at,
        title=checked.title,
        piece=checked.kind,
        people=(checked.account.name,),
    )


def _when(due: Due) -> datetime:
    return due.due_at
