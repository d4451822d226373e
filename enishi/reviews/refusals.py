"""What the review commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "review.not_finished": _("You can review once the contract is finished and paid."),
    "review.ended_early": _("This contract ended early, so it is not reviewed."),
    "review.other_side_rates": _(
        "A contract that ended in this way is reviewed by the other side. You may answer in "
        "public, once."
    ),
    "review.window_closed": _("The time for reviews of this contract is over."),
    "review.written_already": _(
        "You have reviewed this contract already. A review is not changed afterwards."
    ),
    "review.not_complete": _(
        "Please give all five items and the overall rating, each from 1 to 5."
    ),
    "review.comment_missing": _("Please write a comment. It appears together with your rating."),
    "review.not_published": _("This review has not appeared yet."),
    "review.replied_already": _("You have replied to this review already. There is one reply."),
    "review.reply_too_late": _("The time for a reply, %(days)s days, is over."),
    "review.reply_empty": _("Please write your reply."),
    "ruling.not_operator": _("Only operators decide what is shown of a review."),
    "ruling.own_review": _(
        "Nobody decides about a review in which they are one of the two. Please ask a colleague."
    ),
    "ruling.reason_missing": _("Please give the reason. Both sides read it."),
    "ruling.stands_so": _("The review stands so already."),
}
