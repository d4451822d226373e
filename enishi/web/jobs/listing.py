"""The public list: what narrows it, and each post as an entry that can be judged at a glance."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.validators import EMPTY_VALUES
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from enishi.accounts.models import Account
from enishi.jobs.catalogue import read as catalogue
from enishi.jobs.queries import JobLine, Wanted
from enishi.kit.days import day_of
from enishi.kit.rules import Rules
from enishi.profiles.queries import Face, faces
from enishi.trust.closeness.queries import closeness
from enishi.trust.kept import facts_of
from enishi.trust.market import ranges
from enishi.trust.signals import Facts
from enishi.web import closeness as near
from enishi.web.drawing import Market, clock_face
from enishi.web.drawn import Drawn
from enishi.web.fields import YenField
from enishi.web.formats import left, yen
from enishi.web.forms import Form
from enishi.web.jinja import language
from enishi.web.trust import cards

from . import market, prices

ANY = ("", gettext_lazy("Any"))
DUE_CHOICES = (
    ANY,
    ("3", gettext_lazy("within 3 days")),
    ("7", gettext_lazy("within a week")),
    ("14", gettext_lazy("within two weeks")),
)
SORT_CHOICES = (
    ("newest", gettext_lazy("Newest first")),
    ("deadline", gettext_lazy("Closing soonest")),
    ("price", gettext_lazy("Highest price first")),
)
_drawn = Drawn("components/job_entry.html", "job_entry", most=2048)
MOST = settings.RULES.price_most


class SearchForm(Form):
    """The address of a search. What cannot be understood does not narrow."""

    use_required_attribute = False

    q = forms.CharField(label=gettext_lazy("Words to look for"), max_length=100, required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    subcategory = forms.ChoiceField(label=gettext_lazy("Kind of work"), required=False)
    price_from = YenField(
        label=gettext_lazy("Price from"), min_value=0, max_value=MOST, required=False
    )
    price_to = YenField(label=gettext_lazy("Price to"), min_value=0, max_value=MOST, required=False)
    due = forms.ChoiceField(
        label=gettext_lazy("Applications close"), choices=DUE_CHOICES, required=False
    )
    sort = forms.ChoiceField(label=gettext_lazy("Sort by"), choices=SORT_CHOICES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = language()
        self.fields["category"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ANY,
            *((category.id, category.name(spoken)) for category in catalogue.categories()),
        ]
        chosen = str(self.data.get("category", ""))
        inside = [known for known in catalogue.categories() if known.id == chosen]
        self.fields["subcategory"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ANY,
            *((kind.id, kind.name(spoken)) for known in inside for kind in known.subcategories),
        ]

    def wanted(self) -> Wanted:
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            words=given.get("q", ""),
            category=given.get("category", ""),
            subcategory=given.get("subcategory", ""),
            price_from=given.get("price_from"),
            price_to=given.get("price_to"),
            due_within_days=int(given["due"]) if given.get("due") else None,
            sort=given.get("sort") or "newest",
        )

    def kept(self) -> dict[str, str]:
        """What narrows now, as it was typed: the parts of a link to another page of the list."""
        self.is_valid()
        return {
            name: str(self.data[name])
            for name in self.fields
            if self.data.get(name) and self.cleaned_data.get(name) not in EMPTY_VALUES
        }


Told = tuple[JobLine, Face, Facts, Market | None, str]


def entries(
    lines: Iterable[JobLine], *, at: datetime, viewer: Account | None = None
) -> list[Markup]:
    """The posts of a page with their clients, and what the viewer did with them, drawn, in a
    constant number of queries."""
    spoken = language()
    return [_entry(told, at, spoken) for told in _with_clients(lines, at, viewer)]


def facts(lines: Iterable[JobLine], *, at: datetime) -> list[dict[str, Any]]:
    """The same posts for whoever draws them in another way."""
    rules = settings.RULES.on(day_of(at))
    return [_facts(*told, rules) for told in _with_clients(lines, at)]


def _with_clients(
    lines: Iterable[JobLine], at: datetime, viewer: Account | None = None
) -> list[Told]:
    rows = list(lines)
    clients = {line.client_id for line in rows}
    known = faces(clients)
    signs = facts_of([(client, "client") for client in clients], at=at)
    paid = ranges({line.subcategory for line in rows})
    close = closeness(viewer.pk, clients) if viewer else {}
    return [
        (
            line,
            known[who],
            signs[who, "client"],
            market.by_the_hour(line.subcategory, paid),
            near.told(close.get(who)),
        )
        for line in rows
        for who in [line.client_id]
    ]


def _entry(told: Told, at: datetime, spoken: str) -> Markup:
    line = told[0]
    clock = (left(line.due_at, at, spoken), clock_face(line.due_at, at)) if line.due_at else None
    rules = settings.RULES.on(day_of(at))
    return _drawn((*told, clock, rules.rates), lambda: (_facts(*told, rules), at))


def _facts(
    line: JobLine, face: Face, known: Facts, beside: Market | None, together: str, rules: Rules
) -> dict[str, Any]:
    return {
        "href": reverse("job", args=[line.id]),
        "title": line.title,
        "labels": labels(line),
        "category": subcategory_name(line.subcategory),
        "brief": line.brief,
        "price": prices.price(line),
        "price_unit": prices.reckoning(line),
        "yen_hour": prices.hourly_bar(line, rules=rules, market=beside),
        "client": cards.line(face, known),
        "together": together,
        "due_at": line.due_at,
        "applied": line.applicants,
        "headcount": line.headcount,
    }


def labels(line: Any) -> list[tuple[str, str]]:
    """What kind of post it is, in a word or two."""
    found = [(_("Per unit") if line.pricing == "per_unit" else _("Fixed price"), "")]
    if line.continuing:
        found.append((_("More work intended"), "ai"))
    return found


def subcategory_name(subcategory_id: str) -> str:
    if not catalogue.category_of(subcategory_id):
        return ""
    return catalogue.subcategory(subcategory_id).name(language())


def conditions(form: SearchForm) -> list[dict[str, Any]]:
    """What narrows now, each with the link that takes it off."""
    kept = form.kept()
    return [
        {"label": _in_words(form, name, value), "href": address(kept, without=name), "on": True}
        for name, value in kept.items()
        if name != "sort"
    ]


def _in_words(form: SearchForm, name: str, value: str) -> str:
    choices = dict(getattr(form.fields[name], "choices", []))
    label = form.fields[name].label
    if name == "q":
        return f"“{value}”" if language() == "en" else f"「{value}」"
    if name in ("price_from", "price_to"):
        return f"{label} {yen(form.cleaned_data[name], language())}"
    if name == "due":
        return f"{label} {choices[value]}"
    return str(choices[value])


def address(kept: dict[str, str], *, without: str = "", **changes: str) -> str:
    """The list with these conditions; without its category a kind of work says nothing."""
    gone = {without, "subcategory"} if without == "category" else {without}
    parts = {name: value for name, value in (kept | changes).items() if value and name not in gone}
    return f"{reverse('jobs')}?{urlencode(parts)}" if parts else reverse("jobs")
