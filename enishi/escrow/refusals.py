"""What the ledger says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "escrow.not_enough": _(
        "There is not enough money for this: %(held)s yen are held, %(wanted)s are needed."
    ),
    "escrow.more_than_owed": _(
        "That is more than is owed: %(owed)s yen are owed, %(given)s were given."
    ),
    "escrow.amount_out_of_range": _("Please give an amount of at least 1 yen."),
    "escrow.key_reused": _(
        "This step was recorded before with other amounts. Nothing was changed. "
        "Please reload the page."
    ),
}
