"""How long an applicant waits for the client's answer (AP3, AP4)."""

from datetime import datetime, timedelta

from enishi.kit.clocks import Clock, Step, at_due
from enishi.kit.sentences import sentence as _

MINUTE = timedelta(minutes=1)


def _half_time(since: datetime, due: datetime) -> datetime:
    """At a whole minute, as pages show it: what they say comes neither earlier nor later."""
    half = since + (due - since) / 2
    minute = half.replace(second=0, microsecond=0)
    return minute if minute == half else minute + MINUTE


def _day_before(since: datetime, due: datetime) -> datetime:
    return due - timedelta(days=1)


def _clock(state: str) -> Clock:
    return Clock(
        rule="AP3",
        subject="proposals.Proposal",
        state=state,
        owner="client",
        steps=(
            Step(
                "half_time",
                _half_time,
                _("The client is reminded at half time."),
                "at half time",
            ),
            Step(
                "day_before",
                _day_before,
                _("The client is reminded one day before."),
                "one day before",
            ),
            Step("lapse", at_due, _("The application lapses and the worker is told.")),
        ),
        outcome="lapse",
        says=_("The application lapses, the worker is told, and the client's answer rate falls."),
        lasts="%(proposal_answer_days)s days after the application deadline",
    )


SENT = _clock("sent")
SHORTLISTED = _clock("shortlisted")
DECLARED = (SENT, SHORTLISTED)
