"""What each theme of the comments is called, and where the very comments stand (SA5)."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from enishi.reviews import listing

NAMES: dict[str, Any] = {
    "replies": _("Replies and keeping in touch"),
    "dates": _("Keeping dates"),
    "care": _("Care and politeness"),
    "clear": _("Clear words"),
    "result": _("Good results"),
    "ideas": _("Ideas of their own"),
    "money": _("Prompt payment and inspection"),
    "again": _("Would work together again"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One theme: how many comments praise it and how many find it wanting, each with its list."""

    name: Any
    good: int
    bad: int
    good_href: str
    bad_href: str


def lines(account_id: int, side: str) -> list[Line]:
    """Only themes of which enough comments speak, the most frequent first."""
    return [
        Line(
            name=NAMES[tally.theme],
            good=len(tally.good),
            bad=len(tally.bad),
            good_href=_href(account_id, side, tally.theme, "good"),
            bad_href=_href(account_id, side, tally.theme, "bad"),
        )
        for tally in listing.themes_of(account_id, side)
    ]


def _href(account_id: int, side: str, theme: str, tone: str) -> str:
    asked = urlencode({"as": side, "theme": theme, "tone": tone})
    return f"{reverse('person_reviews', args=[account_id])}?{asked}"
