"""Whether the vault is whole, from its first paper to its last."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from . import canonical
from .chain import START, link
from .models import Document

AT_ONCE = 500  # papers in memory


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where the chain does not hold."""

    rule: str  # place | fingerprint | chain
    position: int
    number: str
    expected: str
    found: str


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
