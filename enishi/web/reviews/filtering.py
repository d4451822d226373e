"""The filters of a person's reviews: their boxes, those in force, the address that keeps them."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from enishi.reviews.sieve import LOW, Sieve

from .forms import ITEM_LABELS
from .themes import NAMES


def groups(side: str, sieve: Sieve) -> list[dict[str, Any]]:
    """The parameters of the facets component."""
    low = {item: _at_most(label) for item, label in ITEM_LABELS[side].items()}
    return [
        _group(_("Overall"), "stars", {"": _("Any"), **_stars()}, str(sieve.stars or "")),
        _group(_("An item rated low"), "low", {"": _("Any"), **low}, sieve.low),
        _group(_("What the comment speaks of"), "theme", {"": _("Any"), **NAMES}, sieve.theme),
    ]


def _stars() -> dict[str, str]:
    return {str(value): _("%(stars)s stars") % {"stars": value} for value in range(5, 0, -1)}


def _at_most(label: Any) -> str:
    return _("%(item)s at %(most)s or less") % {"item": label, "most": LOW}


def _group(title: str, name: str, words: dict[str, Any], chosen: str) -> dict[str, Any]:
    items = [
        {"value": value, "label": label, "checked": value == chosen, "count": None}
        for value, label in words.items()
    ]
    return {"title": title, "name": name, "kind": "radio", "items": items}


def chips(account_id: int, side: str, sieve: Sieve) -> list[dict[str, Any]]:
    """What is in force, each with the address without it."""
    tones = {"good": _("praised"), "bad": _("found wanting")}
    theme = str(NAMES.get(sieve.theme, ""))
    theme += f" ({tones[sieve.tone]})" if sieve.tone else ""
    low = str(_at_most(ITEM_LABELS[side][sieve.low])) if sieve.low else ""
    said = {"stars": _stars().get(str(sieve.stars), ""), "low": low, "theme": theme}
    return [
        {"label": label, "on": True, "href": address(account_id, side, sieve, without=name)}
        for name, label in said.items()
        if label
    ]


def address(
    account_id: int, side: str, sieve: Sieve, *, before: str | None = None, without: str = ""
) -> str:
    """The list with this filter, from a keyset on; "" where there is none (`before` is empty)."""
    if before == "":
        return ""
    asked = {"as": side, "stars": sieve.stars or "", "low": sieve.low}
    asked |= {"theme": sieve.theme, "tone": sieve.tone, "before": before or ""}
    gone = (without, "tone") if without == "theme" else (without,)
    kept = {name: value for name, value in asked.items() if value and name not in gone}
    return f"{reverse('person_reviews', args=[account_id])}?{urlencode(kept)}"
