"""Letters about an agreement as a whole (CO1–CO3, CL1, CL11, CL17)."""

from enishi.kit.sentences import sentence as _

from .words import Words

_FUND = _("Please pay the money into escrow. Work begins only then.")
_EXPIRES = _("If the money is not in escrow by %(due)s, the contract expires.")
_LAPSES = _("Without an answer by %(due)s the offer lapses. That leaves no mark.")
_REVIEW = _("Please review each other. Nobody sees a review before both have written.")
_REVIEWS_CLOSE = _("Reviews close at %(due)s; what was written by then appears.")

WORDS = {
    "contract.offered": Words(
        title=_("%(client)s offers the contract “%(title)s” for %(amount)s"),
        worker=_(
            "Please read the terms, the fee, what you receive and every difference to the post, "
            "then agree or decline."
        ),
        due=_LAPSES,
        link="contract",
    ),
    "contract.agreed": Words(
        title=_("%(worker)s agreed to the contract “%(title)s”"),
        client=_FUND,
        worker=_("Please do not start yet. You are told as soon as the money is in escrow."),
        due=_EXPIRES,
        link="contract",
    ),
    "contract.declined": Words(
        title=_("%(worker)s declined the contract “%(title)s”"),
        client=_("The application is open again: offer other terms, or choose someone else."),
        quote="reason",
        link="contract",
    ),
    "contract.withdrawn": Words(
        title=_("%(client)s took back the offer “%(title)s”"),
        worker=_("You need not do anything. This leaves no mark."),
        quote="reason",
        link="contract",
    ),
    "contract.lapsed": Words(
        title=_("The offer “%(title)s” lapsed without an answer"),
        client=_("The application is open again: offer once more, or choose someone else."),
        worker=_("You need not do anything. This leaves no mark."),
        link="contract",
    ),
    "contract.expired": Words(
        title=_("The contract “%(title)s” expired, because it was never funded"),
        client=_("If you still want the work, please offer a new contract."),
        worker=_("You need not do anything. This leaves no mark on you."),
        link="contract",
    ),
    "contract.reminded": Words(
        title=_("A reminder about the contract “%(title)s”"), link="contract"
    ),
    "contract.reminded:CL11": Words(
        title=_("Reminder: the offer “%(title)s” waits for an answer"),
        worker=_("Please agree, or decline. Declining leaves no mark."),
        due=_LAPSES,
        link="contract",
    ),
    "contract.reminded:CL1": Words(
        title=_("Reminder: the contract “%(title)s” is not funded yet"),
        client=_FUND,
        due=_EXPIRES,
        link="contract",
    ),
    "contract.reminded:CL17": Words(
        title=_("Reminder: “%(title)s” can still be reviewed"),
        both=_("If you have not written your review yet, please do."),
        due=_REVIEWS_CLOSE,
        link="contract",
    ),
    "contract.completed": Words(
        title=_("The contract “%(title)s” is complete"),
        both=_REVIEW,
        due=_REVIEWS_CLOSE,
        link="contract",
    ),
    "contract.ended": Words(
        title=_("The contract “%(title)s” has ended"),
        both=_("What was paid and what went back stands on the contract's page."),
        link="contract",
    ),
    "contract.ended:RE3:client": Words(
        title=_("The contract “%(title)s” has ended"),
        client=_("What was paid and what went back stands on the contract's page."),
        worker=_(
            "It ended for a reason on the client's side, so you may review the client until "
            "%(due)s."
        ),
        link="contract",
    ),
    "contract.ended:RE3:worker": Words(
        title=_("The contract “%(title)s” has ended"),
        client=_(
            "It ended for a reason on the worker's side, so you may review the worker until "
            "%(due)s."
        ),
        worker=_("What was paid and what went back stands on the contract's page."),
        link="contract",
    ),
    "contract.reviews_closed": Words(
        title=_("Reviews of “%(title)s” have closed"), link="contract"
    ),
    "review.written": Words(
        title=_("%(by)s has written a review of “%(title)s”"),
        both=_("It appears once you have written yours, or when reviews close."),
        link="contract",
    ),
    "review.published": Words(
        title=_("The reviews of “%(title)s” have appeared"),
        both=_("You may answer in public, once."),
        due=_("You may answer until %(due)s."),
        link="contract",
    ),
    "review.replied": Words(
        title=_("%(by)s answered a review of “%(title)s”"), quote="text", link="contract"
    ),
}
