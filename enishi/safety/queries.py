"""What a report is about, and what the record holds on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from enishi.accounts.models import Account
from enishi.contracts.models import Contract
from enishi.messaging.models import Message, ThreadMember
from enishi.reviews.models import Review

from .models import Report
from .policy import MESSAGES_AFTER, MESSAGES_BEFORE

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Place:
    """From where somebody reports: the other person, and what it may be about."""

    about: Account
    thread_id: int
    contract: Contract | None
    review: Review | None


@dataclass(frozen=True, slots=True)
class Line:
    """A message of the evidence. Without an author, a line of the system."""

    author: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the record holds: both reviews, whether they have appeared or not, and the messages
    around the report, the oldest first."""

    reviews: list[Review]
    lines: list[Line]


def place(kind: str, pk: int, *, reader: Account) -> Place:
    """`kind` is one of PLACES. Raises DoesNotExist for whoever has no part in it."""
    return _PLACES[kind](pk, reader)


def _of_review(pk: int, reader: Account) -> Place:
    """A review about the reader that has appeared."""
    rows = Review.objects.published().filter(subject=reader)
    found = rows.select_related("author", "contract").get(pk=pk)
    return Place(found.author, found.contract.thread_id, found.contract, found)


def _of_contract(pk: int, reader: Account) -> Place:
    rows = Contract.objects.seen_by(reader).select_related("client", "worker")
    found = rows.get(pk=pk)
    other = found.worker if found.client_id == reader.pk else found.client
    return Place(other, found.thread_id, found, None)


def _of_thread(pk: int, reader: Account) -> Place:
    ThreadMember.objects.get(thread=pk, account=reader)
    others = ThreadMember.objects.filter(thread=pk).exclude(account=reader)
    other = others.select_related("account").order_by("pk")[:1].get().account
    deals = Contract.objects.seen_by(reader).filter(thread=pk).order_by("-pk")
    return Place(other, pk, deals.first(), None)


_PLACES: dict[str, Callable[[int, Account], Place]] = {
    "review": _of_review,
    "contract": _of_contract,
    "thread": _of_thread,
}


def mine(report_id: int, *, reader: Account) -> Report:
    """One's own report, as whoever made it may read it."""
    return Report.objects.select_related("about", "contract").get(pk=report_id, by=reader)


def for_office(report_id: int, *, reader: Account) -> Report:
    """A report with its people. Nobody of the office looks into a case of their own."""
    rows = Report.objects.exclude(Q(by=reader) | Q(about=reader))
    named = rows.select_related("by", "about", "contract", "review", "decided_by")
    return named.get(pk=report_id)


def open_reports(*, reader: Account) -> QuerySet[Report]:
    return _listed(reader).filter(status="open").order_by("due_at", "pk")[:SHOWN]


def decided_reports(*, reader: Account) -> QuerySet[Report]:
    rows = _listed(reader).exclude(status="open")
    return rows.order_by("-decided_at", "-pk")[:SHOWN]


def _listed(reader: Account) -> QuerySet[Report]:
    rows = Report.objects.exclude(Q(by=reader) | Q(about=reader))
    return rows.select_related("by", "about", "contract", "decided_by")


def review_in_question(report: Report) -> Review | None:
    """The published review that the other side wrote about whoever reported, if there is one."""
    if report.review_id:
        return report.review
    written = Review.objects.published().filter(author=report.about_id, subject=report.by_id)
    return written.filter(contract=report.contract_id).first() if report.contract_id else None


def evidence(report: Report) -> Evidence:
    """In three queries. The rest of what happened stands in the record of the deal."""
    reviews = Review.objects.filter(contract=report.contract_id).with_standing()
    said = Message.objects.filter(thread=report.thread_id).select_related("author")
    before = said.filter(at__lte=report.reported_at).order_by("-pk")[:MESSAGES_BEFORE]
    after = said.filter(at__gt=report.reported_at).order_by("pk")[:MESSAGES_AFTER]
    named = reviews.select_related("author", "subject").order_by("written_at")
    return Evidence(
        reviews=list(named) if report.contract_id else [],
        lines=[_line(one) for one in [*reversed(before), *after]],
    )


def _line(message: Message) -> Line:
    return Line(message.author.name if message.author else "", message.body, message.at)
