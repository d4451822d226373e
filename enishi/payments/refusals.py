"""What payments, refunds and payouts say when they refuse."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .lifecycle import ALL

# The provider moves these life cycles, not a person, so what matters to the reader is the state.
BY_STATE = {
    "payment": {
        "created": _("This payment is being prepared. Please try again in a moment."),
        "requires_payment": _("This payment is waiting for you on the payment page."),
        "processing": _("This payment is being confirmed. There is nothing to do for now."),
        "failed": _("This payment failed. Nothing was charged. Please start it again."),
        "succeeded": _("This has been paid already. Nothing was charged again."),
        "cancelled": _("This payment page was closed. Please start the payment again."),
    },
    "refund": {
        "created": _("This refund is being prepared."),
        "sent": _("This refund is on its way."),
        "succeeded": _("This refund has been made already."),
        "failed": _("This refund failed. The office has been told."),
        "closed": _("What becomes of this refund was decided already."),
    },
    "payout": {
        "created": _("This payout is being prepared."),
        "sent": _("This payout is on its way."),
        "paid": _("This payout has been made already."),
        "failed": _("This payout failed. The money is kept for you."),
        "cancelled": _("This payout was withdrawn before the bank heard of it."),
    },
    "batch": {
        "made": _("This file waits for the second treasurer."),
        "sent": _("This file was approved, and the bank's answer is waited for."),
        "settled": _("The bank's answer to this file is booked already."),
        "cancelled": _("This file was withdrawn. What stood in it is payable again."),
    },
    "holder": {
        "waiting": _("The office has not looked at this holder yet."),
        "confirmed": _("This holder was confirmed already."),
        "refused": _("This holder was refused already."),
        "dropped": _("Another account has taken this one's place."),
    },
    "chargeback": {
        "open": _("The bank has not decided about this yet."),
        "answered": _("The bank was told the market's side and has not decided yet."),
        "won": _("The bank decided for the market. Nothing is owed for this."),
        "lost": _("The bank decided for the payer. The sum is owed now."),
        "recovered": _("This has been paid. Nothing is owed for it any more."),
        "written_off": _("This was written off. Nothing is owed for it any more."),
    },
}


def _by_state() -> dict[str, Any]:
    found = {
        f"{cycle.name}.{verb}.{state}": BY_STATE[cycle.name][state]
        for cycle in ALL
        for state, verb in cycle.refused
    }
    begins = {f"payment.begin.{state}": said for state, said in BY_STATE["payment"].items()}
    return found | begins


SENTENCES = {
    **_by_state(),
    "payment.amount_out_of_range": _(
        "A payment can be from %(least)s to %(most)s yen. Please divide larger sums."
    ),
    "payment.provider_unavailable": _(
        "The payment provider does not answer at the moment. Nothing was lost. "
        "Please try again in a few minutes."
    ),
    "payment.provider_declined": _(
        "The payment provider refused this payment (%(reason)s). Nothing was charged. "
        "Please contact the office."
    ),
    "payment.owes": _(
        "%(owed)s yen are owed after a bank took a payment back. Your desk says what to do; "
        "once it is settled, new work can be paid in."
    ),
    "payout.held_already": _("Payouts to this person are held already."),
    "payout.not_held": _("Payouts to this person are not held."),
    "chargeback.undecided": _(
        "The bank has not decided yet about the payment that this came from. Until then "
        "nothing of it goes back."
    ),
    "chargeback.answer_empty": _("Please write what the bank should know."),
    "chargeback.answer_refused": _(
        "The payment provider did not take the answer (%(reason)s). Please look at the case "
        "on the provider's own page."
    ),
    "bank_account.number_shape": _(
        "Please give 4 digits for the bank, 3 for the branch and 7 for the account number."
    ),
    "bank_account.holder_shape": _(
        "Please write the account holder in katakana, as the bank writes it."
    ),
    "bank_account.name_shape": _(
        "Please write your own name in katakana, as on the papers of your bank."
    ),
    "bank_account.holder_differs": _(
        "The account's holder (%(holder)s) is not your own name (%(name)s). Please check both. "
        "If the holder is right, say why: the office looks at it before anything is sent there."
    ),
    "bank_account.unreadable": _(
        "Numbers of bank accounts cannot be opened: this market's secret key is another one now. "
        "Please give it the former key, and run `enishi office reseal`."
    ),
    "holder.reason_missing": _("Please say why: the owner of the account reads it."),
    "holder.own_account": _("Nobody decides about an account of their own."),
    "batch.not_by_file": _("This market pays out through its provider, and makes no files."),
    "batch.copy_is_held": _("This is a restored copy: it pays nobody until `enishi release`."),
    "batch.no_transfer_day": _(
        "Please choose a day on which banks work, from the next one on and within %(days)s days."
    ),
    "batch.in_the_making": _(
        "Another file waits for its second treasurer. Please decide about that one first."
    ),
    "batch.nothing_due": _("Nothing is due that a bank could be told to pay."),
    "batch.too_late": _(
        "Somebody must be paid by %(day)s. Please choose that day or an earlier one."
    ),
    "batch.day_is_over": _(
        "The transfer day has passed. Please refuse this file and make another."
    ),
    "batch.somebody_held": _(
        "Payouts to somebody in this file have been held since. Please refuse it and make another."
    ),
    "batch.account_changed": _(
        "Somebody in this file has another account now. Please refuse it and make another."
    ),
    "batch.answer_shape": _(
        "This is not a bank's answer in the Zengin format. Nothing was booked."
    ),
    "batch.answer_truncated": _(
        "The end of this file is missing. Please fetch it from the bank again. Nothing was booked."
    ),
    "batch.answer_totals": _(
        "Count or sum of this file differ from those that were sent. Nothing was booked."
    ),
    "batch.answer_other_batch": _("This is the answer to another file. Nothing was booked."),
    "batch.answer_altered": _(
        "A row of this file is not as it was sent: account, name or amount differ. "
        "Nothing was booked."
    ),
    "batch.answer_without_results": _(
        "This file says of some row not what became of it. Nothing was booked."
    ),
    "batch.answer_contradicts": _(
        "This file says that a payment arrived which the bank had refused before. "
        "Please ask the bank. Nothing was booked."
    ),
    "bank_account.refused": _(
        "The payment provider did not take this bank account (%(reason)s). "
        "Please check the numbers. The account used so far is kept."
    ),
}
