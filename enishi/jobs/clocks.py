"""When an open post stops by itself."""

from enishi.kit.clocks import Clock, Step, at_due
from enishi.kit.sentences import sentence as _

OPEN = Clock(
    rule="JO4",
    subject="jobs.Job",
    state="open",
    owner="client",
    steps=(Step("close", at_due, _("The post closes to new applications.")),),
    outcome="close",
    says=_("The post closes to new applications."),
    lasts="until the application deadline",
)
PAUSED = Clock(
    rule="JO9",
    subject="jobs.Job",
    state="paused",
    owner="client",
    steps=(Step("close", at_due, _("The post closes to new applications.")),),
    outcome="close",
    says=_("The post closes to new applications."),
    lasts="until the application deadline",
)
DECLARED = (OPEN, PAUSED)
