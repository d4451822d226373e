"""Letters about reports to the office, and about what is shown of a review (SA6, RE2, CL16)."""

from enishi.kit.sentences import sentence as _

from .words import Words

_AGAIN = _("If you see it otherwise, please write to the office and say why.")

WORDS = {
    "report.made": Words(
        title=_("%(by)s reports pressure about a review"),
        both=_("Please look at the record, decide, and give the reason."),
        due=_("It should be decided by %(due)s."),
        link="office_report",
    ),
    "report.overdue": Words(
        title=_("A report about a review is overdue"),
        both=_("Please decide it. The person who reported it was given a new date."),
        due=_("It should now be decided by %(due)s."),
        link="office_report",
    ),
    "report.delayed": Words(
        title=_("Your report takes the office longer than promised"),
        both=_("All who decide were told. You need not do anything."),
        due=_("The new date is %(due)s."),
        link="report",
    ),
    "report.upheld": Words(
        title=_("The office upheld your report"),
        both=_("Both sides are told the reason."),
        quote="reason",
        link="report",
    ),
    "report.dismissed": Words(
        title=_("The office did not uphold your report"), both=_AGAIN, quote="reason", link="report"
    ),
    "report.decided": Words(
        title=_("The office decided about a report that concerns you"),
        quote="reason",
        link="contract",
    ),
    "report.decided:upheld": Words(
        title=_("The office upheld a report about pressure with a review, which concerns you"),
        both=_AGAIN,
        quote="reason",
        link="contract",
    ),
    "report.decided:dismissed": Words(
        title=_("A report about you was looked at, and nothing follows from it"),
        both=_("You need not do anything."),
        quote="reason",
        link="contract",
    ),
    "review.ruled": Words(
        title=_("The office decided what is shown of a review of “%(title)s”"),
        both=_AGAIN,
        quote="reason",
        link="contract",
    ),
    "review.ruled:hidden": Words(
        title=_("The office hid the comment of a review of “%(title)s”"),
        both=_AGAIN,
        quote="reason",
        link="contract",
    ),
    "review.ruled:out": Words(
        title=_("The office took a review of “%(title)s” out of the scores"),
        both=_AGAIN,
        quote="reason",
        link="contract",
    ),
    "review.ruled:restored": Words(
        title=_("A review of “%(title)s” is shown again as it was written"),
        both=_AGAIN,
        quote="reason",
        link="contract",
    ),
}
