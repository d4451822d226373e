"""A next-step bar, ready to be drawn."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from enishi.contracts.models import Milestone


@dataclass(frozen=True, slots=True)
class Step:
    """A next-step bar or the strip below it, ready to be drawn."""

    turn: str  # yours | theirs | done | over
    what: str
    about: str = ""
    due_at: datetime | None = None
    since: datetime | None = None
    then: str = ""
    actions: list[dict[str, Any]] = field(default_factory=list)
    label: str = ""  # instead of "it is your turn"
    milestone_id: int | None = None
    verb: str = ""


def about(milestone: Milestone) -> str:
    facts = {"number": milestone.position, "title": milestone.title}
    return _("Milestone %(number)s: %(title)s") % facts
