"""Reads of applications: for the client who answers, for the worker who waits, for both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.functions import Left

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.kit.compiled import compiled

from .lifecycle import WAITS_FOR_CLIENT
from .models import Proposal

EXCERPT = 200
ANSWERED = ("offered", "hired", "declined")
LONGEST_KEY = 17  # digits: within a bigint
# The worker's page: what asks something of the worker first, what is over last.
GROUPS = {"offered": 0, "sent": 1, "shortlisted": 1, "hired": 2}
OVER = 3


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One application in a list of either side."""

    id: int
    job_id: int
    job_title: str
    status: str
    amount: int
    delivery_on: date
    hold_until: date | None
    sent_at: datetime
    due_at: datetime | None
    waiting_since: datetime | None
    ended_at: datetime | None
    worker_id: int
    worker_name: str
    client_id: int
    client_name: str
    excerpt: str
    client_note: str
    decline_reason: str
    group: int


@dataclass(frozen=True, slots=True)
class ProposalPage:
    lines: list[ProposalLine]
    after: str  # the keyset of the next page, "" on the last one


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many applications of a post wait for the client, and until when the first."""

    count: int
    due_at: datetime | None


COLUMNS = {
    "job_title": F("job__title"),
    "worker_name": F("worker__name"),
    "client_name": F("client__name"),
    "excerpt": Left("message", EXCERPT),
    "group": Case(
        *(When(status=status, then=Value(group)) for status, group in GROUPS.items()),
        default=Value(OVER),
        output_field=IntegerField(),
    ),
}
PLAIN = [name for name in ProposalLine.__slots__ if name not in COLUMNS]
VIEWS: dict[str, tuple[str, ...]] = {
    "waiting": WAITS_FOR_CLIENT,
    "shortlisted": ("shortlisted",),
    "over": ("offered", "hired", "declined", "withdrawn", "lapsed"),
}


def has_applied(account_id: int) -> bool:
    """Whether this account has ever acted as a worker."""
    return Proposal.objects.filter(worker=account_id).exists()


def has_applied_to(client_id: int, account_id: int) -> bool:
    """Whether this account has ever applied to a post of this client."""
    return Proposal.objects.filter(worker=account_id, client=client_id).exists()


def received(job_id: int, client: Account) -> list[tuple[int, int, str, int, date]]:
    """Who applied to a post, for its client: id, worker, status, yen and delivery date of each
    application, in one query. What an order needs, and no words."""
    return _received(job_id, client.pk)


@compiled
def _received(job_id: int, client_id: int) -> QuerySet[Proposal, Any]:
    received = Proposal.objects.received_by(client_id).filter(job_id=job_id)
    return received.values_list("id", "worker_id", "status", "amount", "delivery_on")


def lines(proposal_ids: Iterable[int], client: Account) -> list[ProposalLine]:
    """These applications in this order, for their client, in one query."""
    ids = list(proposal_ids)
    rows = {row["id"]: ProposalLine(**row) for row in _lines(ids, client.pk)}
    return [rows[one] for one in ids if one in rows]


@compiled
def _lines(proposal_ids: list[int], client_id: int) -> QuerySet[Proposal, Any]:
    received = Proposal.objects.received_by(client_id).filter(pk__in=proposal_ids)
    rows: QuerySet[Proposal, Any] = received.values(*PLAIN, **COLUMNS)
    return rows


def applied(worker: Account, *, after: str = "") -> ProposalPage:
    """Everything a worker applied for, grouped by whose turn it is, in one query (AP4)."""
    proposals = Proposal.objects.sent_by(worker).annotate(place=COLUMNS["group"])
    if key := _key(after):
        proposals = proposals.filter(Q(place__gt=key[0]) | Q(place=key[0], id__lt=key[1]))
    return _page(proposals.order_by("place", "-id"), "group")


def applied_by_group(worker: Account) -> dict[int, int]:
    """How many applications of a worker stand in each group, in one query."""
    rows = (
        Proposal.objects.sent_by(worker)
        .values(place=COLUMNS["group"])
        .annotate(proposals=Count("pk"))
        .order_by("place")
    )
    return {row["place"]: row["proposals"] for row in rows}


def counts_of(job_id: int, client: Account) -> dict[str, int]:
    """How many applications of a post stand where, in one query."""
    rows = (
        Proposal.objects.received_by(client)
        .filter(job_id=job_id)
        .values("status")
        .annotate(proposals=Count("pk"))
        .order_by("status")
    )
    return {row["status"]: row["proposals"] for row in rows}


def waiting_by_job(job_ids: Iterable[int]) -> dict[int, Waiting]:
    """What waits for an answer, by post, in one query. A post where nothing waits is absent."""
    rows = _waiting(list(job_ids))
    return {row["job_id"]: Waiting(row["proposals"], row["first"]) for row in rows}


@compiled
def _waiting(job_ids: list[int]) -> QuerySet[Proposal, Any]:
    return (
        Proposal.objects.filter(job_id__in=job_ids, status__in=WAITS_FOR_CLIENT)
        .values("job_id")
        .annotate(proposals=Count("pk"), first=Min("due_at"))
        .order_by("job_id")
    )


def mine(job_id: int, worker: Account) -> Proposal | None:
    """The worker's own application to a post, if one stands."""
    found: Proposal | None = _mine.first(job_id, worker.pk)
    return found


@compiled
def _mine(job_id: int, worker_id: int) -> QuerySet[Proposal]:
    sent = Proposal.objects.sent_by(worker_id).filter(job_id=job_id).exclude(status="withdrawn")
    return sent.order_by("-id")[:1]


def events_of(proposal_id: int) -> list[Event]:
    """What happened to an application, the latest first."""
    events = Event.objects.filter(subject_kind="proposal", subject_id=str(proposal_id))
    return list(events.order_by("-id"))


def _page(proposals: QuerySet[Proposal], column: str) -> ProposalPage:
    size = settings.RULES.page_size
    rows = list(proposals.values(*PLAIN, **COLUMNS)[: size + 1])
    lines = [ProposalLine(**row) for row in rows[:size]]
    after = f"{getattr(lines[-1], column)}-{lines[-1].id}" if len(rows) > size else ""
    return ProposalPage(lines, after)


def _key(after: str) -> tuple[int, int] | None:
    """The keyset of a page, or None for the first page and for anything that is no keyset."""
    parts = after.split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if any(len(part) > LONGEST_KEY for part in parts):
        return None
    return int(parts[0]), int(parts[1])
