"""Why a bank took no payout, or took a payment back, in words. A code that has none here is shown
as it came."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "no_account": _("No such account"),
    "name_mismatch": _("The name does not match"),
    "account_closed": _("The account is closed"),
    "account_blocked": _("The account takes no payments"),
    "holder_refused": _("The office did not confirm the holder"),
    "other": _("Another reason"),
}
COMPLAINTS = {
    "fraudulent": _("The payer says that somebody else used the card"),
    "unrecognized": _("The payer does not recognise the payment"),
    "duplicate": _("The payer says that it was paid twice"),
    "product_not_received": _("The payer says that nothing was delivered"),
    "product_unacceptable": _("The payer says that the delivery was not as agreed"),
    "credit_not_processed": _("The payer says that a promised refund did not come"),
    "general": _("Another reason"),
}
