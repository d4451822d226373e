"""What the proposal commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

from .lifecycle import PROPOSAL

_OFFERED = _(
    "A contract is on offer for this application. Wait for the answer, or withdraw the offer."
)
_ENDINGS = {
    "hired": _("This application became a contract already."),
    "declined": _("This application was declined already."),
    "withdrawn": _("The worker withdrew this application."),
    "lapsed": _("This application lapsed because no answer came in time."),
}
_BY_STATE_AND_VERB = {
    ("sent", "unlist"): _("This application is not on the shortlist."),
    ("sent", "hire"): _("Offer a contract first."),
    ("sent", "free"): _("No contract is on offer for this application."),
    ("shortlisted", "shortlist"): _("This application is on the shortlist already."),
    ("shortlisted", "hire"): _("Offer a contract first."),
    ("shortlisted", "free"): _("No contract is on offer for this application."),
    ("offered", "withdraw"): _(
        "A contract is on offer to you. Decline the offer if you do not want it."
    ),
}


def _sentence(state: str, verb: str) -> object:
    if (state, verb) in _BY_STATE_AND_VERB:
        return _BY_STATE_AND_VERB[state, verb]
    return _OFFERED if state == "offered" else _ENDINGS[state]


SENTENCES = {
    f"proposal.{verb}.{state}": _sentence(state, verb) for state, verb in PROPOSAL.refused
} | {
    **{f"proposal.hold.{state}": sentence for state, sentence in _ENDINGS.items()},
    "proposal.hold.offered": _OFFERED,
    **{f"proposal.release.{state}": sentence for state, sentence in _ENDINGS.items()},
    "proposal.send.draft": _("This post is not open."),
    "proposal.send.paused": _("This post is paused and takes no applications now."),
    "proposal.send.closed": _("This post is closed and takes no applications."),
    "proposal.send.discarded": _("This post is not open."),
    "proposal.sent_already": _("You have applied to this post already."),
    "proposal.answers_missing": _("A question of the post has no answer yet."),
    "proposal.amount_out_of_range": _("Please enter the price in yen within the allowed range."),
    "proposal.delivery_in_the_past": _("The delivery date lies in the past."),
    "proposal.hold_in_the_past": _("The day until which you hold the application has passed."),
    "proposal.reason_missing": _("Please choose a reason. The worker will read it."),
}
