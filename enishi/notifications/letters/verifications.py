"""Letters about what is checked of a person. `check` is the fact that names which."""

from enishi.kit.sentences import sentence as _

from .words import Words

CHECKS = {
    "identity": _("Identity"),
    "confidentiality": _("Confidentiality pledge"),
    "phone": _("Phone"),
    "business": _("Business"),
    "qualification": _("Qualification check"),
}

WORDS = {
    "verification.submitted": Words(
        title=_("%(by)s handed in documents (%(check)s)"),
        both=_("Please look at them, and decide with a reason."),
        due=_("The person waits for a decision until %(due)s."),
        link="office_verification",
    ),
    "verification.approved": Words(
        title=_("The check is approved: %(check)s"),
        both=_("Others can see it with its day. Pictures of documents are erased soon."),
        link="verifications",
    ),
    "verification.rejected": Words(
        title=_("Your documents could not be accepted (%(check)s)"),
        both=_("Please read why below. You can hand in others at any time."),
        quote="reason",
        link="verifications",
    ),
    "verification.expired": Words(
        title=_("A check is out of date: %(check)s"),
        both=_("It is no longer shown to others. You can hand in documents anew."),
        link="verifications",
    ),
    "verification.reminded": Words(
        title=_("A check will soon be out of date: %(check)s"),
        both=_("If you hand in documents anew before, it stays without a gap."),
        due=_("It counts until %(due)s."),
        link="verifications",
    ),
    "verification.withdrawn": Words(
        title=_("The office has withdrawn a check: %(check)s"),
        both=_("It counts no more. If you think this is a mistake, please write to the office."),
        quote="reason",
        link="verifications",
    ),
    "verification.overdue": Words(
        title=_("Documents wait too long for a decision (%(check)s)"),
        both=_("The time for it is over. Please decide now; the person was told a new date."),
        due=_("The new date is %(due)s."),
        link="office_verification",
    ),
    "verification.postponed": Words(
        title=_("Your check takes longer than we said (%(check)s)"),
        both=_("We are sorry. You need not do anything; all operators were told."),
        due=_("The office decides by %(due)s."),
        link="verifications",
    ),
}
