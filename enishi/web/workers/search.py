"""What narrows the worker list: its form, its conditions in words, its orders and their reasons."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.jobs.catalogue import read as catalogue
from enishi.ranks.policy import LISTED
from enishi.trust.workers import ORDERS, Wanted
from enishi.web.forms import Form
from enishi.web.jinja import language
from enishi.web.jobs import skills
from enishi.web.ranks.words import RANKS

ANY = ("", gettext_lazy("Any"))
LABELS = {
    "rank": gettext_lazy("By rank"),
    "newest": gettext_lazy("Newest first"),
    "closeness": gettext_lazy("Closest first"),
}
REASONS = {
    "rank": gettext_lazy(
        "The highest rank comes first, and within a rank whoever reached it last."
    ),
    "newest": gettext_lazy("Whoever joined last comes first."),
    "closeness": gettext_lazy(
        "Those with whom you have worked most often come first, and of two alike, more recently. "
        "Everyone else follows, whoever joined last first."
    ),
}


class SearchForm(Form):
    """The address of a search. What cannot be understood does not narrow."""

    use_required_attribute = False

    q = forms.CharField(label=gettext_lazy("Words to look for"), max_length=100, required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    skill = forms.ChoiceField(label=gettext_lazy("Skill"), required=False)
    rank = forms.ChoiceField(label=gettext_lazy("Rank"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Sort by"), choices=LABELS.items(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = language()
        fields: dict[str, Any] = self.fields
        known = ((one.id, one.name(spoken)) for one in catalogue.categories())
        fields["category"].choices = [ANY, *known]
        fields["skill"].choices = [ANY, *skills.choices()]
        fields["rank"].choices = [ANY, *((rank, _at_least(rank)) for rank in LISTED[1:])]

    def wanted(self) -> Wanted:
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            words=given.get("q", ""),
            category=given.get("category", ""),
            skill=given.get("skill", ""),
            rank=given.get("rank") or LISTED[0],
            order=given.get("sort") or ORDERS[0],
        )

    def kept(self) -> dict[str, str]:
        """What narrows now: the parts of a link to another page of the list."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def _at_least(rank: str) -> str:
    if rank == LISTED[-1]:
        return str(RANKS[rank])
    return _("%(rank)s and above") % {"rank": RANKS[rank]}


def conditions(kept: dict[str, str]) -> list[dict[str, Any]]:
    """What narrows now, each with the link that takes it off."""
    return [
        {"label": _in_words(name, value), "href": address(kept, **{name: ""}), "on": True}
        for name, value in kept.items()
        if name != "sort"
    ]


def _in_words(name: str, value: str) -> str:
    match name:
        case "category":
            return catalogue.category(value).name(language())
        case "skill":
            return catalogue.skill(value).name(language())
        case "rank":
            return _at_least(value)
        case _:
            return f"“{value}”" if language() == "en" else f"「{value}」"


def orders(kept: dict[str, str], present: str) -> list[dict[str, Any]]:
    return [
        {"label": LABELS[name], "href": address(kept, sort=name), "current": name == present}
        for name in ORDERS
    ]


def reason(order: str) -> list[str]:
    """Why the list goes as it goes, and who stands in it."""
    listed = _(
        "Workers stand here from Regular rank on: with a profile, a checked identity, and here "
        "within the last month."
    )
    return [str(REASONS[order]), listed]


def address(kept: dict[str, str], **changes: str) -> str:
    """The list with these conditions; an empty one is taken off."""
    parts = {name: value for name, value in (kept | changes).items() if value}
    return f"{reverse('workers')}?{urlencode(parts)}" if parts else reverse("workers")
