"""A row that waits, as one line of the office's queue."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.office.queries import Due
from enishi.web.ranks.words import RANKS
from enishi.web.states import state_word
from enishi.web.verification.words import KINDS

ICONS = {
    "job:open": "flag",
    "proposal:sent": "message",
    "proposal:shortlisted": "mark",
    "contract:offered": "pen",
    "contract:agreed": "yen",
    "contract:completed": "star",
    "milestone:unfunded": "yen",
    "milestone:funded": "hourglass",
    "milestone:revising": "revise",
    "milestone:delivered": "eye",
    "change:requested": "calendar",
    "milestone:held": "alert",
    "chargeback:open": "alert",
    "chargeback:answered": "hourglass",
    "chargeback:lost": "yen",
    "act:proposed": "scale",
    "difference:open": "eye",
    "finding:open": "eye",
    "batch:sent": "hourglass",
    "holder:waiting": "eye",
    "refund:failed": "alert",
    "verification:submitted": "verified",
    "verification:approved": "verified",
    "picture:kept": "lock",
    "report:open": "flag",
    "membership:invited": "users",
    "standing:falling": "hourglass",
    "contract:ended": "star",
}


def case(due: Due) -> dict[str, Any]:
    """The parameters of the queue_row component."""
    state = due.clock.state
    return {
        "href": address(due),
        "title": title(due),
        "kind_label": state_word(due.cycle, state).text,
        "sub": " × ".join(due.people),
        "icon_name": ICONS.get(f"{due.cycle}:{state}", "info"),
        "due_at": due.due_at,
    }


def title(due: Due) -> str:
    if due.cycle in ("verification", "picture"):
        return " · ".join(filter(None, [str(KINDS[due.piece]), due.title]))
    return str(RANKS[due.piece]) if due.cycle == "standing" else due.title


PAGES = {
    "chargeback": "office_chargeback",
    "act": "office_act",
    "difference": "office_difference",
    "finding": "office_finding",
    "batch": "office_batch",
    "holder": "office_holder",
    "verification": "office_verification",
    "picture": "office_verification",
    "report": "office_report",
}


def address(due: Due) -> str:
    if due.cycle == "refund":
        return reverse("office_money") + "#h-refunds"
    if due.cycle in PAGES:
        return reverse(PAGES[due.cycle], args=[due.subject_id])
    if due.contract_id:
        return reverse("office_deal", args=[due.contract_id])
    if due.cycle == "membership":
        return reverse("office_clocks")
    return reverse("job", args=[due.job_id]) if due.job_id else reverse("office_clocks")


def owner(due: Due) -> str:
    known = {"client": _("Client"), "worker": _("Worker"), "both": _("Both sides")}
    return known.get(due.clock.owner, _("Office"))
