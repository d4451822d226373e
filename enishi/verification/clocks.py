"""The office's duty to decide (CL16), the day on which a check is over, and the day on which the
pictures go (VE1)."""

from datetime import datetime, timedelta
from functools import cache

from enishi.kit.clocks import Clock, Step, ending
from enishi.kit.rules import Rules
from enishi.kit.sentences import sentence as _


@cache
def submitted(rules: Rules) -> Clock:
    """The office's decision; never by silence."""
    says = _("The operators are told that it is overdue, and the person is told a new date.")
    return ending(
        "overdue",
        says,
        rule="CL16",
        subject="verification.Verification",
        state="submitted",
        owner="office",
        lasts="%(verification_business_days)s business days",
    )


@cache
def approved(rules: Rules) -> Clock:
    """What was checked long ago says little."""

    def soon(since: datetime, due: datetime) -> datetime:
        return due - timedelta(days=rules.verification_reminder_days)

    says = _("The check is out of date, and is no longer shown to others.")
    return ending(
        "expire",
        says,
        Step(
            "remind",
            soon,
            _("The person is reminded to hand it in anew."),
            "%(verification_reminder_days)s days before",
        ),
        rule="CL16",
        subject="verification.Verification",
        state="approved",
        owner="both",
        lasts="%(verification_valid_days)s days",
    )


@cache
def kept(rules: Rules) -> Clock:
    """What was looked at is not needed any more."""
    says = _("The pictures of the documents are erased. The result stays.")
    return ending(
        "erase",
        says,
        rule="CL16",
        subject="verification.SealedPicture",
        state="kept",
        owner="office",
        lasts="%(document_kept_days)s days after the decision",
    )


def declared(rules: Rules) -> tuple[Clock, ...]:
    return (submitted(rules), approved(rules), kept(rules))
