"""What the office's acts on money say when they refuse."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .lifecycle import ACT, FINDING

_STATES: dict[str, Any] = {
    "approved": _("This was approved and carried out already."),
    "refused": _("This was refused already."),
    "withdrawn": _("This proposal was withdrawn."),
    "lapsed": _("This proposal lapsed because nobody decided in time."),
}
_FINDINGS: dict[str, Any] = {
    "open": _("Nobody has decided about this finding yet."),
    "confirmed": _("This finding was confirmed already."),
    "dismissed": _("This finding was dismissed already."),
    "lifted": _("This finding was confirmed and lifted again."),
}

SENTENCES: dict[str, Any] = {
    **{f"act.{verb}.{state}": _STATES[state] for state, verb in ACT.refused},
    **{f"finding.{verb}.{state}": _FINDINGS[state] for state, verb in FINDING.refused},
    "finding.own": _("You are named in this finding. Please ask another operator."),
    "finding.reason_missing": _("Please give the reason. It is kept with the finding."),
    "act.not_treasurer": _("Only treasurers move money."),
    "act.same_person": _("Another treasurer than the one who proposed it must decide this."),
    "act.own_money": _(
        "Nobody proposes or decides an act about their own money. Please ask another treasurer."
    ),
    "act.person_has_left": _("This person has left: nothing can be paid out to them any more."),
    "act.not_yours": _("Only the treasurer who proposed it may withdraw it."),
    "act.reason_missing": _("Please give the reason. It is kept, and those concerned read it."),
    "act.waits_already": _("Such an act waits for its second treasurer already."),
    "act.nothing_to_move": _("There is nothing to move here."),
    "act.over_the_day_limit": _(
        "That would be more than treasurers may move on one day: %(left)s yen are left today."
    ),
}
