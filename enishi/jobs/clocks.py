"""When an open post stops by itself."""

from enishi.kit.clocks import Clock, ending
from enishi.kit.sentences import sentence as _


def _deadline(rule: str, state: str) -> Clock:
    return ending(
        "close",
        _("The post closes to new applications."),
        rule=rule,
        subject="jobs.Job",
        state=state,
        owner="client",
        lasts="until the application deadline",
    )


OPEN = _deadline("JO4", "open")
PAUSED = _deadline("JO9", "paused")
DECLARED = (OPEN, PAUSED)
