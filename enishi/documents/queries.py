"""What the vault holds for a person, and whether it is whole from its first paper to its last."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from enishi.kit.days import day_of, end_of_day, start_of_day

from . import canonical, vault
from .chain import START, link
from .models import Document

AT_ONCE = 500  # papers in memory while the chain is read
FEW = 20  # and while they are drawn


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where the chain does not hold."""

    rule: str  # place | fingerprint | chain
    position: int
    number: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers somebody looks for: every condition that is given must hold."""

    kind: str = ""
    name: str = ""  # a part of the name of any party
    since: date | None = None  # days in Tokyo, both included
    until: date | None = None
    least: int | None = None  # yen, both included
    most: int | None = None


def found(account_id: int, wanted: Wanted) -> QuerySet[Document]:
    """Somebody's own papers that fit, the newest first. Name the place of one to go on below it."""
    papers = Document.objects.filter(parties__contains=[account_id]).order_by("-position")
    if wanted.kind:
        papers = papers.filter(kind=wanted.kind)
    if wanted.name:
        papers = papers.filter(party_names__contains=vault.folded(wanted.name))
    if wanted.since:
        papers = papers.filter(at__gte=start_of_day(wanted.since))
    if wanted.until:
        papers = papers.filter(at__lt=end_of_day(wanted.until))
    if wanted.least is not None:
        papers = papers.filter(amount__gte=wanted.least)
    if wanted.most is not None:
        papers = papers.filter(amount__lte=wanted.most)
    return papers


def each(papers: QuerySet[Document], *, most: int) -> Iterator[Document]:
    """So many of them, a few in memory at a time, for what is sent while it is made."""
    places = list(papers.values_list("position", flat=True)[:most])
    for start in range(0, len(places), FEW):
        yield from papers.filter(position__in=places[start : start + FEW])


def of_kind(kind: str, account_id: int, since: date, until: date) -> Iterator[Document]:
    """Somebody's papers of one kind from these days, in the order of their issue."""
    papers = found(account_id, Wanted(kind=kind, since=since, until=until))
    in_order = papers.order_by("position").only("number", "body")
    return in_order.iterator(chunk_size=AT_ONCE)


def first_statement(account_id: int) -> date | None:
    """The day of the first payment that somebody made or got."""
    papers = found(account_id, Wanted(kind="payment_statement")).order_by("position")
    at = papers.values_list("at", flat=True).first()
    return day_of(at) if at else None


def count() -> int:
    return Document.objects.count()


def last_link() -> tuple[int, str]:
    """Place and link of the newest paper: kept elsewhere, it proves later that none was cut off."""
    found = Document.objects.order_by("-position").values_list("position", "chain")
    return found.first() or (0, START)


def broken_link(told: Callable[[int], None] = lambda done: None) -> Fault | None:
    """Look at every paper in order: no place is left out, each record has its fingerprint, each
    link seals the one before. `told` hears how many are done."""
    place, before = 0, START
    for papers in _in_order():
        for paper in papers:
            place, sealed = place + 1, link(before, paper.sha256)
            for rule, expected, found in (
                ("place", str(place), str(paper.position)),
                ("fingerprint", canonical.digest(paper.body), paper.sha256),
                ("chain", sealed, paper.chain),
            ):
                if expected != found:
                    return Fault(rule, place, paper.number, expected, found)
            before = paper.chain
        told(place)
    return None


def _in_order() -> Iterator[list[Document]]:
    last = 0
    while papers := list(_after(last)[:AT_ONCE]):
        yield papers
        last = papers[-1].position


def _after(position: int) -> QuerySet[Document]:
    columns = ("number", "body", "sha256", "position", "chain")
    return Document.objects.filter(position__gt=position).order_by("position").only(*columns)
