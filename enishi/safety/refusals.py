"""What reports say when they refuse."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .lifecycle import REPORT

_STATES: dict[str, Any] = {
    "upheld": _("This report was upheld already."),
    "dismissed": _("This report was dismissed already."),
}

SENTENCES: dict[str, Any] = {
    **{f"report.{verb}.{state}": _STATES[state] for state, verb in REPORT.refused},
    "report.text_missing": _("Please write what happened. Only the office reads it."),
    "report.waits_already": _(
        "You have told the office about this already. You are told as soon as it is decided."
    ),
    "report.not_operator": _("Only operators decide about reports."),
    "report.own_case": _(
        "Nobody decides about a report in which they are one of the two. Please ask a colleague."
    ),
    "report.reason_missing": _("Please give the reason. Both sides read it."),
    "report.no_review": _("There is no review that has appeared, so nothing can be taken out."),
}
