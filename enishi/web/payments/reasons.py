"""Why a bank did not take a payment, in words. What stands here in no words is said as it came."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "no_account": _("No such account"),
    "name_mismatch": _("The name does not match"),
    "account_closed": _("The account is closed"),
    "account_blocked": _("The account takes no payments"),
    "holder_refused": _("The office did not confirm the holder"),
    "other": _("Another reason"),
}
