"""What the post commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

_CLOSED = _("This post is closed. You can reopen it, or copy it into a new one.")
_DISCARDED = _("This draft was thrown away. Please write a new post.")
_DRAFT = _("This post is still a draft. Open it first.")
_OPEN = _("This post is open already.")
_PAUSED = _("This post is paused because its limit of applicants is reached.")

SENTENCES = {
    "job.open.open": _OPEN,
    "job.open.paused": _PAUSED,
    "job.open.closed": _CLOSED,
    "job.open.discarded": _DISCARDED,
    "job.discard.open": _("An open post cannot be thrown away. Close it instead."),
    "job.discard.paused": _("A paused post cannot be thrown away. Close it instead."),
    "job.discard.closed": _("A closed post stays on record and cannot be thrown away."),
    "job.discard.discarded": _DISCARDED,
    "job.pause.draft": _DRAFT,
    "job.pause.paused": _PAUSED,
    "job.pause.closed": _CLOSED,
    "job.pause.discarded": _DISCARDED,
    "job.resume.draft": _DRAFT,
    "job.resume.open": _OPEN,
    "job.resume.closed": _CLOSED,
    "job.resume.discarded": _DISCARDED,
    "job.close.draft": _DRAFT,
    "job.close.closed": _("This post is closed already."),
    "job.close.discarded": _DISCARDED,
    "job.reopen.draft": _DRAFT,
    "job.reopen.open": _OPEN,
    "job.reopen.paused": _PAUSED,
    "job.reopen.discarded": _DISCARDED,
    "job.edit.closed": _CLOSED,
    "job.edit.discarded": _DISCARDED,
    "job.ask.draft": _DRAFT,
    "job.ask.closed": _("This post is closed and takes no more questions."),
    "job.incomplete": _(
        "The post cannot open yet: something is missing or does not fit. Its preview shows what."
    ),
    "job.answered_already": _("This question was answered already."),
    "job.missing": _("Please fill in this item."),
    "job.price_too_low": _("The price is below the least amount that can be held in escrow."),
    "job.price_too_high": _("The price is above the largest amount that can be held in escrow."),
    "job.range_reversed": _("The lowest price is above the highest."),
    "job.deadline_past": _("The application deadline lies in the past."),
    "job.delivery_before_deadline": _("The delivery date lies before the application deadline."),
    "job.headcount_out_of_range": _("Please enter how many people you want to hire."),
    "job.limit_too_low": _("Please enter 1 or more, or leave it empty for no limit."),
    "job.too_many_questions": _("Please ask fewer questions."),
    "job.question_twice": _("The same question stands here twice."),
    "job.too_many_milestones": _("Please plan fewer milestones."),
    "job.milestones_out_of_order": _(
        "The delivery dates of the milestones must be in order, not before the application "
        "deadline and not after the delivery date."
    ),
    "job.milestones_do_not_add_up": _("The milestones must add up to unit price × quantity."),
}
