"""The timeline of a deal: what comes by itself, then everything that happened, with its papers."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from enishi.accounts.models import Account
from enishi.contracts.models import Delivery
from enishi.contracts.pay import Pay
from enishi.contracts.queries import Deal
from enishi.documents.models import Document
from enishi.events.models import Event
from enishi.kit.compiled import compiled
from enishi.notifications.letters.reading import letters_for, members_of
from enishi.web import terms

from . import silence

SHOWN = 20
MONEY = (
    "milestone.partly_funded",
    "milestone.funded",
    "milestone.accepted",
    "milestone.deemed",
    "milestone.refunded",
    "milestone.settled",
)


def events_of(contract_id: int) -> list[Event]:
    """All events of a deal, the newest first."""
    found: list[Event] = _events(str(contract_id))
    return found


@compiled
def _events(contract_id: str) -> QuerySet[Event]:
    return Event.objects.filter(subject_kind="contract", subject_id=contract_id).order_by("-id")


def ahead(deal: Deal, parts: dict[int, Pay], *, at: Any) -> list[dict[str, Any]]:
    """Dotted entries: what comes if nobody acts, the latest on top."""
    found = [
        one
        for turn in deal.turns
        for one in silence.coming(
            turn,
            deal.contract.status,
            deal.side,
            parts[turn.milestone.pk] if turn.milestone else None,
            at=at,
        )
    ]
    found.sort(key=_when, reverse=True)
    return [{"at": one.at, "text": one.text, "ahead": True} for one in found]


def _when(one: silence.Coming) -> Any:
    return one.at


def past(
    events: Sequence[Event],
    reader: Account,
    *,
    papers: Iterable[Document],
    deliveries: Iterable[Delivery],
) -> list[dict[str, Any]]:
    """Full entries, each with the papers and files that came with it."""
    links = _papers(papers) | _files(deliveries)
    members = members_of(events)
    return [
        {
            "at": event.at,
            "text": letter.title,
            "note": letter.quote,
            "member": members.get(event.pk, ""),
            "node": _node(event, reader),
            "documents": links.get(_key(event), []),
        }
        for event, letter in letters_for(events, reader)
    ]


def _node(event: Event, reader: Account) -> str:
    if event.name in MONEY:
        return "money"
    if event.by_id is None:
        return "system"
    return "you" if event.by_id == reader.pk else ""


def _key(event: Event) -> tuple[str, str, int]:
    if event.name == "milestone.delivered":
        return ("files", str(event.facts.get("milestone_id")), event.facts.get("round", 0))
    return ("paper", str(event.facts.get("paper", "")), 0)


def _papers(papers: Iterable[Document]) -> dict[tuple[str, str, int], list[dict[str, str]]]:
    return {
        ("paper", str(paper.pk), 0): [
            {"href": reverse("document", args=[paper.pk]), "name": paper_name(paper)}
        ]
        for paper in papers
    }


def _files(deliveries: Iterable[Delivery]) -> dict[tuple[str, str, int], list[dict[str, str]]]:
    return {
        ("files", str(one.milestone_id), one.number): [
            {"href": reverse("delivery_file", args=[one.pk, file.file_id]), "name": file.name}
            for file in one.files.all()
        ]
        for one in deliveries
    }


def paper_name(paper: Document) -> str:
    return str(terms.PAPERS[paper.kind])
