"""What is said about findings in the review graph: to the office, and to those whom one names."""

from enishi.kit.sentences import sentence as _

from .words import Words

WORDS: dict[str, Words] = {
    "finding.found": Words(
        title=_("The review graph shows a group of %(count)s people to look at"),
        both=_("Please look at the evidence and decide. Nothing changes for anybody before."),
        link="finding",
    ),
    "finding.overdue": Words(
        title=_("Overdue: a group of %(count)s people in the review graph"),
        both=_("Please look at the evidence and decide. Nothing has changed for anybody."),
        link="finding",
    ),
    "finding.confirmed": Words(
        title=_("Reviews that you wrote no longer count towards the market's average"),
        both=_(
            "The office looked at contracts and reviews between you and others. Your account, your "
            "contracts, your money and the reviews about you stay as they are. If you see it "
            "differently, please write to the office and say why: the decision can be lifted."
        ),
        quote="reason",
        link="help",
    ),
    "finding.lifted": Words(
        title=_("Reviews that you wrote count in full again"),
        both=_("The office lifted its decision. You need not do anything."),
        quote="reason",
        link="help",
    ),
}
