"""The applicants of a post in the order their client chose, a page at a time (AP6)."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from enishi.accounts.models import Account
from enishi.contracts import queries as contracts
from enishi.jobs.models import Job
from enishi.profiles import queries as profiles
from enishi.proposals import queries as proposals
from enishi.proposals.queries import VIEWS, ProposalLine
from enishi.trust.closeness.policy import Closeness
from enishi.trust.closeness.queries import closeness

from . import policy
from .policy import Applicant, Fit, Mark, Wish


@dataclass(frozen=True, slots=True)
class Line:
    """One applicant on their place. `fit` is known only where the list goes by it."""

    proposal: ProposalLine
    place: int
    is_reserved: bool
    closeness: Closeness
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[Line]
    after: str  # the mark of the next page, "" on the last one


def applicants(
    job: Job, *, client: Account, view: str = "", order: str = "newest", after: str = ""
) -> Page:
    """A page of those who applied, in a number of queries that depends on the order alone."""
    received = proposals.received(job.pk, client)
    workers = [worker_id for _, worker_id, *_ in received]
    finished = contracts.completed_of_workers(workers)
    near = closeness(client.pk, workers)
    fits = _fits(job, received) if order == "fit" else {}
    shown = VIEWS.get(view)
    known = [
        Applicant(
            id=proposal_id,
            amount=amount,
            is_newcomer=finished.get(worker_id, 0) < settings.RULES.newcomer_contracts,
            closeness=near[worker_id],
            points=fits[proposal_id].points if fits else 0,
            is_shown=shown is None or status in shown,
        )
        for proposal_id, worker_id, status, amount, _ in received
    ]
    places, mark = policy.placed(
        policy.ordered(known, order),
        every=settings.RULES.newcomer_place,
        most=settings.RULES.page_size,
        after=Mark.read(after),
    )
    by_id = {line.id: line for line in proposals.lines([one.id for one in places], client)}
    lines = [
        Line(by_id[one.id], one.place, one.is_reserved, near[worker], fits.get(one.id))
        for one in places
        for worker in [by_id[one.id].worker_id]
    ]
    return Page(lines, str(mark) if mark else "")


def wish(job: Job) -> Wish:
    return Wish(tuple(job.skills), job.category, job.delivery_on, job.budget_max)


def _fits(job: Job, received: list[tuple[int, int, str, int, date]]) -> dict[int, Fit]:
    """By application."""
    workers = [worker_id for _, worker_id, *_ in received]
    sides, categories = profiles.worker_sides(workers), contracts.categories_of_workers(workers)
    wanted = wish(job)
    return {
        proposal_id: policy.fit(
            wanted,
            skills=sides[worker_id].skills if worker_id in sides else (),
            categories=categories.get(worker_id, ()),
            delivery_on=delivery_on,
            amount=amount,
        )
        for proposal_id, worker_id, _, amount, delivery_on in received
    }
