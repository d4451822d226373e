"""What waits on the office's desk about people's safety."""

from functools import cache

from enishi.kit.clocks import Clock, ending
from enishi.kit.rules import Rules
from enishi.kit.sentences import sentence as _


@cache
def reported(rules: Rules) -> Clock:
    """CL16: the office decides about a report; silence decides nothing."""
    says = _("All operators are told, and whoever reported it is given a new date.")
    return ending(
        "overdue",
        says,
        rule="CL16",
        subject="safety.Report",
        state="open",
        owner="office",
        lasts="%(report_business_days)s business days",
    )


def declared(rules: Rules) -> tuple[Clock, ...]:
    return (reported(rules),)
