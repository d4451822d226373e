"""The waiting state of an invitation (PE3)."""

from functools import cache

from enishi.kit.clocks import Clock, ending
from enishi.kit.rules import Rules
from enishi.kit.sentences import sentence as _


@cache
def invited(rules: Rules) -> Clock:
    """An invitation stands for some days; silence means no."""
    return ending(
        "lapse",
        _("The invitation lapses. The organisation may invite again."),
        rule="PE3",
        subject="organisations.Membership",
        state="invited",
        owner="client",
        lasts="%(invitation_days)s days",
    )


def declared(rules: Rules) -> tuple[Clock, ...]:
    return (invited(rules),)
