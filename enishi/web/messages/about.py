"""What a conversation is about: the contract, or else the application it began with.

Messaging itself does not know. A thread may belong to an application and, later, to the contract
that came of it; the newest of them speaks for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Milestone
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
    return _found(Proposal, "job__title", ids) | _found(Contract, "title", ids)


def _found(model: type[Proposal] | type[Contract], title: str, ids: list[int]) -> dict[int, About]:
    cycle = model._meta.model_name or ""
    rows = model._default_manager.filter(thread_id__in=ids).order_by("pk")
    names = ("client_id", "client__name", "worker__name")
    return {
        thread_id: About(cycle, *facts)
        for thread_id, *facts in rows.values_list("thread_id", "status", "pk", title, *names)
    }


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
    live = Milestone.objects.filter(contract_id=found.id).exclude(
        status__in=["accepted", "settled", "refunded", "cancelled"]
    )
    milestone = live.order_by("position").first()
    if milestone is None or milestone.status == "unfunded":
        return "contracted_unfunded", facts
    facts["due_on"] = _written(milestone.due_on)
    if milestone.status != "delivered" or milestone.delivered_at is None:
        return "funded", facts
    return "delivered", facts | {"delivered_on": _written(milestone.delivered_at)}


def _written(day: date | datetime) -> str:
    return md(day, language())
