"""What a conversation is about: the contract, or else the application it began with.

Messaging itself does not know. A thread may belong to an application and, later, to the contract
that came of it; the newest of them speaks for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Milestone
from enishi.kit.compiled import compiled
from enishi.kit.errors import Refused
from enishi.proposals.models import Proposal
from enishi.web.formats import md
from enishi.web.jinja import language

WRITABLE_PROPOSALS = ("sent", "shortlisted", "offered", "hired")


@dataclass(frozen=True, slots=True)
class About:
    cycle: str  # contract | proposal
    status: str
    id: int
    title: str
    client_id: int
    client_name: str
    worker_name: str

    @property
    def path(self) -> str:
        return reverse(self.cycle, args=[self.id])

    @property
    def may_write(self) -> bool:
        """People keep talking after a contract; an application that came to nothing is over."""
        return self.cycle == "contract" or self.status in WRITABLE_PROPOSALS

    def side_of(self, account: Account) -> str:
        return "client" if account.pk == self.client_id else "worker"


def about(thread_ids: Iterable[int]) -> dict[int, About]:
    """What each of these threads is about, in two queries."""
    ids = list(thread_ids)
    found = {row[0]: About("proposal", *row[1:]) for row in _proposals(ids)}
    return found | {row[0]: About("contract", *row[1:]) for row in _contracts(ids)}


NAMES = ("client_id", "client__name", "worker__name")


@compiled
def _proposals(thread_ids: list[int]) -> QuerySet[Proposal, Any]:
    rows = Proposal.objects.filter(thread_id__in=thread_ids).order_by("pk")
    return rows.values_list("thread_id", "status", "pk", "job__title", *NAMES)


@compiled
def _contracts(thread_ids: list[int]) -> QuerySet[Contract, Any]:
    rows = Contract.objects.filter(thread_id__in=thread_ids).order_by("pk")
    return rows.values_list("thread_id", "status", "pk", "title", *NAMES)


@compiled
def _current(contract_id: int) -> QuerySet[Milestone]:
    over = ["accepted", "settled", "refunded", "cancelled"]
    live = Milestone.objects.filter(contract_id=contract_id).exclude(status__in=over)
    return live.order_by("position")[:1]


def ensure_open(thread_id: int) -> None:
    """Refuse to add to a conversation whose application is over."""
    found = about([thread_id]).get(thread_id)
    if found and not found.may_write:
        raise Refused.because("message.thread_over")


def stage_and_facts(found: About) -> tuple[str, dict[str, str]]:
    """Where the deal stands, in the words of the templates, and what they may fill in (CL10)."""
    facts = {
        "client_name": found.client_name,
        "worker_name": found.worker_name,
        "job_title": found.title,
    }
    if found.cycle == "proposal":
        return "proposal", facts
    milestone = _current.first(found.id)
    if milestone is None or milestone.status == "unfunded":
        return "contracted_unfunded", facts
    facts["due_on"] = _written(milestone.due_on)
    if milestone.status != "delivered" or milestone.delivered_at is None:
        return "funded", facts
    return "delivered", facts | {"delivered_on": _written(milestone.delivered_at)}


def _written(day: date | datetime) -> str:
    return md(day, language())
