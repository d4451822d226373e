"""Letters about payments on their way in and out."""

from enishi.kit.sentences import sentence as _

from .words import Words

WORDS = {
    "payment.failed": Words(
        title=_("The payment of %(amount)s did not go through"),
        both=_("Nothing was charged. Please try again, with another card or by bank transfer."),
        link="contract",
    ),
    "refund.succeeded": Words(
        title=_("%(amount)s was returned to you"),
        both=_("It comes back the way it was paid. Your bank may need some days."),
        link="contract",
    ),
    "refund.failed": Words(
        title=_("Returning %(amount)s to you did not work yet"),
        both=_("The money is safe. The office sees this and takes care of it."),
        link="contract",
    ),
    "payout.paid": Words(
        title=_("%(amount)s was sent to your bank account"),
        both=_("Your bank may need a day or two to show it."),
        link="bank",
    ),
    "payout.failed": Words(
        title=_("Your bank did not take the payment of %(amount)s"),
        both=_("The money is safe. Please check your bank account's details here."),
        link="bank",
    ),
    "bank_account.added": Words(
        title=_("A bank account ending in %(last4)s was added for your payments"),
        both=_(
            "If it takes another account's place, nothing is sent to it for 72 hours. "
            "If this was not you, please change your password now and write to the office."
        ),
        link="bank",
    ),
}
