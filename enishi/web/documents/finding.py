"""The search of the vault: what narrows it, and each paper it finds as a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enishi.documents import queries
from enishi.documents.models import Document
from enishi.web import terms
from enishi.web.fields import DayField, YenField
from enishi.web.forms import Form
from enishi.web.paging import keyset

MOST = 10**15  # yen; far above any paper, and what a bigint surely holds


class SearchForm(Form):
    """The address of a search. What is typed stays, also when it cannot be understood."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Kind of paper"), required=False)
    name = forms.CharField(label=_("Name of the other side"), max_length=120, required=False)
    since = DayField(label=_("Issued from"), required=False)
    until = DayField(label=_("Issued until"), required=False)
    least = YenField(label=_("Amount from"), min_value=0, max_value=MOST, required=False)
    most = YenField(label=_("Amount to"), min_value=0, max_value=MOST, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("Every kind")), *terms.PAPERS.items()]
        self.fields["kind"].choices = every  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for low, high, sentence in (
            ("since", "until", _("This day lies before the first one.")),
            ("least", "most", _("This amount is below the first one.")),
        ):
            first, last = given.get(low), given.get(high)
            if first is not None and last is not None and last < first:
                self.add_error(high, sentence)
        return given

    def wanted(self) -> queries.Wanted:
        """Of a search that was understood."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return queries.Wanted(**given)

    @property
    def kept(self) -> str:
        """What narrows the search, as an address says it."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})


@dataclass(frozen=True, slots=True)
class Line:
    """One paper of the list."""

    paper: Document
    name: str
    title: str
    others: str


@dataclass(frozen=True, slots=True)
class Page:
    form: SearchForm
    lines: list[Line]
    count: int
    is_narrowed: bool
    first_url: str
    older_url: str


def page(request: HttpRequest, *, size: int) -> Page:
    """The papers of whoever asks; none while the search is not understood."""
    form, before = SearchForm(request.GET), keyset(request)
    here = f"{reverse('vault')}?{form.kept}"
    if not form.is_valid():
        return Page(form, [], 0, True, "", "")
    found = queries.found(request.user.pk, form.wanted())
    below = found.filter(position__lt=before) if before is not None else found
    rows = list(below[: size + 1])
    older = f"{here}&before={rows[size - 1].position}" if len(rows) > size else ""
    return Page(
        form=form,
        lines=[line(row, request.user.pk) for row in rows[:size]],
        count=found.count(),
        is_narrowed=bool(form.kept),
        first_url=here if before is not None else "",
        older_url=older,
    )


def line(paper: Document, reader_id: int | None) -> Line:
    facts = paper.facts
    return Line(
        paper=paper,
        name=str(terms.PAPERS[paper.kind]),
        title=facts.get("title", ""),
        others=", ".join(_names(facts, but=reader_id)),
    )


def _names(facts: dict[str, Any], *, but: int | None) -> Iterable[str]:
    sides = (facts.get("client"), facts.get("worker"))
    return (side["name"] for side in sides if side and side["account_id"] != but)
