"""What each kind of difference to the provider's books is called, and what one may do about it."""

from django.utils.translation import gettext_lazy as _

DIFFERENCES = {
    "missing": _("Booked here, missing there"),
    "unbooked": _("There, not booked here"),
    "ended": _("There, about something that had ended here"),
    "unknown": _("There, of unknown origin"),
    "amount": _("Another amount"),
    "currency": _("Another currency"),
    "fee": _("A fee that was not agreed"),
    "date": _("Days apart"),
    "duplicate": _("Made twice"),
    "account": _("To another account"),
    "mode": _("Of the other mode: test or live"),
    "balance": _("The balance is not what its movements explain"),
}
ADVICE = {
    "missing": _("Look it up at the provider by our reference, and ask there what became of it."),
    "unbooked": _("A webhook may have been lost. Look at the provider's page of it."),
    "ended": _(
        "Money came in or went out for something that was over here. It may have to go back."
    ),
    "unknown": _(
        "Somebody moved it at the provider by hand, or another program shares the account."
    ),
    "amount": _("Compare both with the paper of the deal. Ask the provider if theirs is wrong."),
    "currency": _("This market works in yen only. Ask the provider."),
    "fee": _("Compare it with the provider's price list for your account."),
    "date": _("Look whether it was held back there, and why."),
    "duplicate": _("The second one may have to go back. Ask the provider before anything else."),
    "account": _("Stop and look: money may have gone to somebody else."),
    "mode": _("Keys of the test mode and of the live mode may be mixed. Check the settings."),
    "balance": _("Something moved that no line explains. Ask the provider for its own statement."),
}
MOVEMENTS = {
    "payment": _("Payment"),
    "refund": _("Refund"),
    "refund_back": _("Refund that came back"),
    "transfer": _("Payout"),
    "transfer_back": _("Payout that came back"),
    "beside": _("Bank transfers that no payment took"),
    "chargeback": _("Chargeback"),
    "chargeback_back": _("Chargeback decided for the market"),
    "": _("Balance"),
}
