"""Letters about a new delivery date (CO7, CL14)."""

from enishi.kit.sentences import sentence as _

from .words import Words

WORDS = {
    "change.requested": Words(
        title=_("%(by)s asks to move the delivery of “%(piece)s” to %(due_on)s"),
        both=_("Please accept the new date, or keep the agreed one."),
        due=_("Without an answer by %(answer_by)s the agreed date stays."),
        until="answer_by",
        quote="reason",
        link="contract",
    ),
    "change.accepted": Words(
        title=_("“%(piece)s” is now to be delivered on %(due_on)s"),
        both=_("The new date counts from now on. Moving it leaves no mark."),
        link="contract",
    ),
    "change.declined": Words(
        title=_("%(by)s keeps the agreed delivery date of “%(piece)s”"),
        both=_("The date agreed before counts."),
        link="contract",
    ),
    "change.withdrawn": Words(
        title=_("%(by)s took back the request for a new delivery date of “%(piece)s”"),
        both=_("The date agreed before counts. You need not do anything."),
        link="contract",
    ),
    "change.lapsed": Words(
        title=_("The request for a new delivery date of “%(piece)s” lapsed"),
        both=_("The date agreed before counts."),
        link="contract",
    ),
}
