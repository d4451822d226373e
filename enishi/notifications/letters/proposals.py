"""Letters about applications (AP1–AP4)."""

from enishi.kit.sentences import sentence as _

from .words import Words

_DECLINED = _("%(client)s declined the application to “%(title)s”")


def _declined(because: str) -> Words:
    return Words(title=_DECLINED, worker=because, quote="message", link="proposal")


WORDS = {
    "proposal.sent": Words(
        title=_("%(worker)s applied to “%(title)s” for %(amount)s"),
        client=_(
            "Please answer: offer a contract, put the application on your shortlist, or decline it "
            "with a reason."
        ),
        link="proposal",
    ),
    "proposal.shortlisted": Words(
        title=_("%(client)s put the application for “%(title)s” on the shortlist"), link="proposal"
    ),
    "proposal.withdrawn": Words(
        title=_("%(worker)s withdrew the application to “%(title)s”"),
        client=_("You need not do anything."),
        link="proposal",
    ),
    "proposal.held": Words(
        title=_("%(worker)s changed until when the application for “%(title)s” stands"),
        due=_("It stands until %(until)s. Please answer before then."),
        until="until",
        link="proposal",
    ),
    "proposal.address_released": Words(
        title=_("%(client)s lets %(worker)s read the full address behind “%(title)s”"),
        worker=_("It stands on your application."),
        link="proposal",
    ),
    "proposal.declined": _declined(_("You need not do anything. This leaves no mark.")),
    "proposal.declined:filled": _declined(_("Reason: someone else was chosen for this work.")),
    "proposal.declined:price": _declined(_("Reason: the price does not fit the budget.")),
    "proposal.declined:schedule": _declined(_("Reason: the dates do not fit.")),
    "proposal.declined:skills": _declined(_("Reason: other skills or experience are needed.")),
    "proposal.declined:other": _declined(
        _("Reason: another one, see the message if there is one.")
    ),
    "proposal.lapsed": Words(
        title=_("The application of %(worker)s to “%(title)s” lapsed without an answer"),
        client=_("You did not answer in time. Your answer rate, which applicants see, falls."),
        worker=_(
            "The client did not answer in time. This leaves no mark on you, and the client's "
            "answer rate falls."
        ),
        link="proposal",
    ),
    "proposal.reminder": Words(
        title=_("%(worker)s is waiting for your answer about “%(title)s”"),
        client=_("Please offer a contract, or decline with a reason."),
        due=_("Without an answer by %(due)s the application lapses and your answer rate falls."),
        link="proposal",
    ),
}
