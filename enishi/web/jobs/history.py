"""A post over time: what was changed in it, and how it stands in its client's own list."""

from datetime import date
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from enishi.jobs import queries
from enishi.jobs.models import Job
from enishi.jobs.queries import JobLine
from enishi.notifications.letters.jobs import ITEMS
from enishi.proposals.queries import Waiting
from enishi.web import terms
from enishi.web.formats import yen, ymd
from enishi.web.jinja import language

from . import prices
from .listing import subcategory_name

LONGEST = 160


def edits(job: Job) -> list[dict[str, Any]]:
    """What was changed after the post opened, and what each item said before (JO6)."""
    return [
        {
            "at": edit.at,
            "who": _("Changed:"),
            "text": Markup("<br>").join(
                dict.fromkeys(_changed(name, edit.was) for name in edit.items)
            ),
        }
        for edit in queries.edits_of(job.pk)
    ]


def _changed(name: str, was: dict[str, Any]) -> Markup:
    """The item, and in small what it said before."""
    item, before = escape(_(ITEMS.get(name, name))), Truncator(_before(name, was)).chars(LONGEST)
    if not before:
        return item
    words = _("before: %(words)s") % {"words": before}
    return item + Markup(' <span class="small muted">{}</span>').format(words)


def _before(name: str, was: dict[str, Any]) -> str:
    """The words that stood there before, "" when they are not kept."""
    value = was.get(name)
    if value in (None, "", []):
        return ""
    if name in ("budget_min", "budget_max"):
        return yen(value, language())
    if name in ("apply_by", "delivery_on"):
        return ymd(date.fromisoformat(value), language())
    if name == "subcategory":
        return subcategory_name(value)
    if name == "unit":
        return prices.unit_name(value)
    if name == "milestones":
        return " / ".join(f"{row['title']} {yen(row['amount'], language())}" for row in value)
    if isinstance(value, list):
        return " / ".join(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return terms.term_words(name, value)


def own_line(line: JobLine, waiting: Waiting | None) -> dict[str, Any]:
    """One of a client's own posts: how it stands and who waits for an answer."""
    return {
        "line": line,
        "price": prices.price(line),
        "subcategory": subcategory_name(line.subcategory),
        "waiting": waiting.count if waiting else 0,
        "answer_by": waiting.due_at if waiting else None,
    }
