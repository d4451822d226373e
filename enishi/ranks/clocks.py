"""The waiting state of a rank that was announced to fall (RA8)."""

from functools import cache

from enishi.kit.clocks import Clock, ending
from enishi.kit.rules import Rules
from enishi.kit.sentences import sentence as _


@cache
def falling(rules: Rules) -> Clock:
    """The notice before a rank falls. Days of leave are added to it."""
    return ending(
        "fall",
        _("The rank falls by one step, unless its conditions hold again."),
        rule="RA8",
        subject="ranks.Standing",
        state="falling",
        owner="worker",
        lasts="%(rank_notice_days)s days",
    )


def declared(rules: Rules) -> tuple[Clock, ...]:
    return (falling(rules),)
