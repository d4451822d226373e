"""What a search is by its address alone: read once, and its filters drawn once, per language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from markupsafe import Markup

from enishi.jobs.queries import Wanted
from enishi.web.drawn import Drawn
from enishi.web.jinja import language

from . import listing

LONGEST = 300  # signs of an address that is remembered
_filters = Drawn("jobs/_filters.html", "filters", most=256)


@dataclass(frozen=True, slots=True)
class Search:
    """Shared by all who search alike: nothing in it is ever changed."""

    wanted: Wanted
    words: str
    kept: dict[str, str]
    conditions: Sequence[dict[str, Any]]
    orders: Sequence[dict[str, Any]]
    filters: Markup


def search(query: str) -> Search:
    read = _read if len(query) <= LONGEST else _read.__wrapped__
    return read(query, language())


@lru_cache(maxsize=256)
def _read(query: str, spoken: str) -> Search:
    given = QueryDict(query)
    form = listing.SearchForm(given)
    wanted, kept = form.wanted(), form.kept()
    typed = tuple(str(form[name].value() or "") for name in form.fields)
    orders = [
        {"label": label, "href": listing.address(kept, sort=name), "current": name == wanted.sort}
        for name, label in listing.SORT_CHOICES
    ]
    return Search(
        wanted=wanted,
        words=form["q"].value() or "",
        kept=kept,
        conditions=listing.conditions(form),
        orders=orders,
        filters=_filters((typed, tuple(kept.items())), lambda: (form, kept)),
    )
