"""What happens if nobody acts: one sentence for each waiting state and each side, with the yen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from enishi.contracts import clocks
from enishi.contracts.models import Milestone
from enishi.contracts.pay import Pay
from enishi.contracts.queries import Turn
from enishi.web import formats
from enishi.web.jinja import language, strong

_CLOSING = _(
    "Reviews close then, and what was written by then appears. Nobody can read the other's before."
)
_RATING = _("The time for this review ends then. A review appears at once, and can be answered.")
SENTENCES: dict[tuple[str, str], Any] = {
    ("offered", "worker"): _(
        "If you do not answer by then, the offer lapses. That leaves no mark, and no money moves."
    ),
    ("offered", "client"): _(
        "If no answer comes by then, the offer lapses. No money moves, and you may offer again."
    ),
    ("agreed", "client"): _(
        "If %(amount)s is not in escrow by then, the contract expires and nothing is charged. "
        "The worker does not start before."
    ),
    ("agreed", "worker"): _(
        "If %(amount)s is not in escrow by then, the contract expires. That leaves no mark on you. "
        "Please do not start before."
    ),
    ("next", "client"): _(
        "If %(amount)s is not in escrow by then, this milestone and those after it are cancelled. "
        "What was paid stays paid."
    ),
    ("next", "worker"): _(
        "If %(amount)s is not in escrow by then, this milestone and those after it are cancelled. "
        "That leaves no mark on you."
    ),
    ("working", "worker"): _(
        "If nothing is delivered by then, one late delivery is recorded, and %(amount)s stays in "
        "escrow. If nothing has come by %(end)s, all of it returns to the client. A new date that "
        "is agreed before leaves no mark."
    ),
    ("working", "client"): _(
        "If nothing is delivered by then, the delay is recorded, and your %(amount)s stays in "
        "escrow. If nothing has come by %(end)s, all of it returns to you."
    ),
    ("held", "worker"): _(
        "If the bank decides for the market, the work goes on, with as many more days as it stood "
        "still. If it decides for the client, this milestone ends without a mark on you."
    ),
    ("held", "client"): _(
        "If your bank decides for the market, the work goes on. If it decides for you, this "
        "milestone ends, and its %(amount)s in escrow settle what you owe for it."
    ),
    ("revising", "worker"): _(
        "If nothing is delivered by then, one late delivery is recorded, and %(amount)s stays in "
        "escrow. From %(overdue)s the office settles it. A new date that is agreed before leaves "
        "no mark."
    ),
    ("revising", "client"): _(
        "If nothing is delivered by then, the delay is recorded, and your %(amount)s stays in "
        "escrow. From %(overdue)s the office settles it."
    ),
    ("late", "worker"): _(
        "The delivery date has passed, and one late delivery is recorded. If nothing has come by "
        "then, all of the %(amount)s in escrow returns to the client."
    ),
    ("late", "client"): _(
        "The delivery date has passed, and the delay is recorded. If nothing has come by then, all "
        "of the %(amount)s in escrow returns to you."
    ),
    ("late_again", "worker"): _(
        "The date has passed, and one late delivery is recorded. If nothing has come by then, the "
        "office settles it. %(amount)s stays in escrow until it is decided."
    ),
    ("late_again", "client"): _(
        "The date has passed, and the delay is recorded. If nothing has come by then, the office "
        "settles it. Your %(amount)s stays in escrow until it is decided."
    ),
    ("settling", "worker"): _(
        "The office is settling this milestone. %(amount)s stays in escrow until it is decided. "
        "You can still deliver."
    ),
    ("settling", "client"): _(
        "The office is settling this milestone. Your %(amount)s stays in escrow until it is "
        "decided."
    ),
    ("inspecting", "client"): _(
        "If you do not answer by then, the delivery is accepted by the rules, and %(amount)s "
        "leaves escrow: the worker is paid."
    ),
    ("inspecting", "worker"): _(
        "If no answer comes by then, the delivery is accepted by the rules, and you receive "
        "%(net)s."
    ),
    ("rating", "client"): _RATING,
    ("rating", "worker"): _RATING,
    ("reviewing", "client"): _CLOSING,
    ("reviewing", "worker"): _CLOSING,
    ("change", "client"): _(
        "Without an answer by then, the agreed date stands: %(day)s. No money moves."
    ),
    ("change", "worker"): _(
        "Without an answer by then, the agreed date stands: %(day)s. No money moves."
    ),
}
AHEAD = {
    "late": _("Delivery date of “%(piece)s”. After it, one late delivery is recorded"),
    "overdue": _("Without a delivery, the office settles “%(piece)s”"),
    "settle": _("If “%(piece)s” never came, all of the %(amount)s in escrow returns to the client"),
}


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that comes by itself."""

    at: datetime
    text: Markup


def case(turn: Turn, status: str) -> str:
    """Which sentence a waiting state needs. `status` is the contract's."""
    milestone = turn.milestone
    if turn.verb == "deliver" and milestone is not None:
        return _late(milestone) or ("revising" if milestone.delivered_at else "working")
    if turn.verb == "fund":
        return "agreed" if status == "agreed" else "next"
    if turn.verb == "review":
        return "rating" if status == "ended" else "reviewing"
    known = {
        "agree": "offered",
        "accept": "inspecting",
        "answer": "change",
        "wait": "held",
    }
    return known[turn.verb]


def _late(milestone: Milestone) -> str:
    if not milestone.late_at:
        return ""
    if not milestone.delivered_at:
        return "late"
    return "settling" if milestone.overdue_at else "late_again"


def until(turn: Turn, status: str) -> datetime | None:
    """When the next thing happens. Once late, that is no longer the delivery date."""
    kind = case(turn, status)
    if kind in ("late", "late_again") and turn.milestone is not None:
        return escalation(turn.milestone)["settle" if kind == "late" else "overdue"]
    return None if kind == "settling" else turn.due_at


def then(turn: Turn, status: str, side: str, part: Pay | None) -> Markup:
    """The sentence under the next step."""
    return Markup(str(SENTENCES[case(turn, status), side])) % _facts(turn, part)


def coming(turn: Turn, status: str, side: str, part: Pay | None, *, at: datetime) -> list[Coming]:
    """The dotted entries of the timeline."""
    milestone = turn.milestone
    if turn.verb != "deliver" or milestone is None:
        return [Coming(turn.due_at, then(turn, status, side, part))] if turn.due_at else []
    steps = escalation(milestone)
    facts = _facts(turn, part)
    return [
        Coming(when, Markup(str(AHEAD[name])) % facts) for name, when in steps.items() if when > at
    ]


def escalation(milestone: Milestone) -> dict[str, datetime]:
    """What follows a delivery date, by the clock's own plan (CL12, CL13)."""
    assert milestone.waiting_since is not None
    assert milestone.due_at is not None
    make = clocks.revising if milestone.status == "revising" else clocks.working
    plan = make(settings.RULES).plan(milestone.waiting_since, milestone.due_at)
    return {name: when for when, name in plan if name in AHEAD}


def _facts(turn: Turn, part: Pay | None) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    spoken = language()
    if part is not None:
        facts["amount"] = strong(formats.yen(part.funded, spoken))
        facts["net"] = strong(formats.yen(part.net, spoken))
    if turn.change is not None:
        facts["day"] = formats.md(turn.change.due_on_before, spoken)
    if turn.milestone is not None:
        facts["piece"] = turn.milestone.title
    if turn.verb == "deliver" and turn.milestone is not None:
        steps = escalation(turn.milestone)
        facts["overdue"] = formats.due_md(steps["overdue"], spoken)
        if "settle" in steps:
            facts["end"] = formats.due_md(steps["settle"], spoken)
    return facts
