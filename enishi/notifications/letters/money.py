"""Letters about payments on their way in and out."""

from enishi.kit.sentences import sentence as _

from .words import Words

WORDS = {
    "payment.failed": Words(
        title=_("The payment of %(amount)s did not go through"),
        both=_("Nothing was charged. Please try again, with another card or by bank transfer."),
        link="contract",
    ),
    "payment.sent_back": Words(
        title=_("%(amount)s of your bank transfer goes back to you"),
        both=_(
            "It was more than was asked for, or the payment was not completed in time. If the "
            "payment provider does not know your account, it asks you for it by mail."
        ),
        link="contract",
    ),
    "refund.succeeded": Words(
        title=_("%(amount)s was returned to you"),
        both=_("It comes back the way it was paid. Your bank may need some days."),
        link="contract",
    ),
    "refund.failed": Words(
        title=_("Returning %(amount)s did not work yet"),
        client=_("The money is safe. The office sees this and takes care of it."),
        both=_("Please decide how it goes back: once more, or from the market's own account."),
        link="contract",
        office="office_money",
    ),
    "refund.overdue": Words(
        title=_("Overdue: a refund of %(amount)s that did not arrive"),
        both=_("Somebody waits for their money. Please decide how it goes back."),
        link="office_money",
    ),
    "refund.closed": Words(
        title=_("Returning %(amount)s is tried once more"),
        both=_("It comes back the way it was paid. Your bank may need some days."),
        link="contract",
    ),
    "refund.closed:by_hand": Words(
        title=_("The office gave %(amount)s back to you"),
        both=_("It was transferred from the market's own account."),
        link="contract",
    ),
    "refund.closed:owed": Words(
        title=_("A refund that did not arrive settled what you owed"),
        both=_("Your bank had taken that payment back. Nothing more is sent."),
        link="contract",
    ),
    "chargeback.opened": Words(
        title=_("A bank took back a payment of %(amount)s"),
        client=_(
            "Your bank asked for the payment for “%(title)s” back. If that is a mistake, please "
            "tell your bank. Until it is settled you owe the sum, and cannot pay in for new work."
        ),
        both=_("Please tell the bank the market's side from the record, before its last day."),
        due=_("The bank hears the market until %(due)s."),
        link="chargeback",
        office="office_chargeback",
    ),
    "chargeback.answered": Words(
        title=_("The bank was told the market's side about the payment of %(amount)s"),
        both=_("The bank decides. That may take up to some months."),
        link="chargeback",
        office="office_chargeback",
    ),
    "chargeback.reminded": Words(
        title=_("A reminder about the payment of %(amount)s that a bank took back"),
        client=_("Please pay the %(owed)s that you owe for it."),
        both=_("Please look at the case."),
        due=_("The time for it ends at %(due)s."),
        link="chargeback",
        office="office_chargeback",
    ),
    "chargeback.overdue": Words(
        title=_("The time is over: a payment of %(amount)s that a bank took back"),
        client=_("Please pay the %(owed)s that you owe. The office decides what comes next."),
        both=_("Please look at the case, and decide what becomes of it."),
        link="chargeback",
        office="office_chargeback",
    ),
    "chargeback.won": Words(
        title=_("The bank decided that the payment of %(amount)s stands"),
        both=_("Nothing is owed for it."),
        link="chargeback",
        office="office_chargeback",
    ),
    "chargeback.lost": Words(
        title=_("The bank decided that the payment of %(amount)s goes back to the client"),
        client=_(
            "What was promised with it was kept, so you owe this sum to the market. Please pay "
            "it here; until then you cannot pay in for new work."
        ),
        both=_("The client owes the sum now. Without a payment two treasurers may write it off."),
        due=_("Please pay by %(due)s."),
        link="chargeback",
        office="office_chargeback",
    ),
    "chargeback.partly_paid": Words(
        title=_("%(arrived)s of the %(whole)s that you owe has arrived"),
        both=_("%(missing)s is missing. Please transfer it to the same account."),
        link="chargeback",
        office="office_chargeback",
    ),
    "chargeback.recovered": Words(
        title=_("What was owed after a bank took back %(amount)s is settled"),
        both=_("Nothing is owed for it any more."),
        link="chargeback",
        office="office_chargeback",
    ),
    "chargeback.written_off": Words(
        title=_("%(owed)s that were owed after a bank took back a payment were written off"),
        both=_("Nothing is owed for it any more."),
        link="chargeback",
        office="office_chargeback",
    ),
    "payout.held": Words(
        title=_("Payouts to you are on hold"),
        both=_("What you earned stays yours. The office looks into it and tells you."),
        quote="reason",
        link="bank",
    ),
    "payout.resumed": Words(
        title=_("Payouts to you go on"),
        both=_("What you are owed is sent with the next payout."),
        link="bank",
    ),
    "holder.asked": Words(
        title=_("The holder of an account ending in %(last4)s is not its owner by name"),
        both=_("Please look at it. Nothing is sent there before."),
        link="holder",
    ),
    "holder.overdue": Words(
        title=_("Overdue: the holder of an account ending in %(last4)s"),
        both=_("Somebody waits to be paid. Please look at it."),
        link="holder",
    ),
    "holder.confirmed": Words(
        title=_("Your bank account ending in %(last4)s is in order"),
        both=_("The office looked at its holder. What you are owed is sent there."),
        link="bank",
    ),
    "holder.refused": Words(
        title=_("Please give another bank account than the one ending in %(last4)s"),
        both=_("The office looked at its holder, and sends nothing there. Your money is safe."),
        quote="reason",
        link="bank",
    ),
    "batch.due": Words(
        title=_("%(amount)s must be paid to workers soon, and stands in no file for the bank"),
        both=_("Please make a file for %(transfer_on)s or an earlier day."),
        link="batches",
    ),
    "batch.sent": Words(
        title=_("A file of payouts over %(amount)s is ready for the bank"),
        both=_("Please give it to the bank in time for %(transfer_on)s."),
        link="batch",
    ),
    "batch.settled": Words(
        title=_("The bank's answer about payouts over %(amount)s is booked"),
        both=_("Arrived: %(paid)s. Not taken by a bank: %(failed)s."),
        link="batch",
    ),
    "batch.overdue": Words(
        title=_("The bank's answer about payouts over %(amount)s is missing"),
        both=_("Please ask the bank for it, and hand it in."),
        link="batch",
    ),
    "difference.found": Words(
        title=_("Our books and the provider's differ by %(effect)s"),
        both=_("Payouts of the people hit are held. Please look at it."),
        link="difference",
    ),
    "difference.overdue": Words(
        title=_("A difference of %(effect)s to the provider's books is overdue"),
        both=_("Payouts of the people hit are still held. Please look at it."),
        link="difference",
    ),
    "act.proposed": Words(
        title=_("An act on money waits for a second treasurer"),
        both=_("Please look at it, and approve or refuse it."),
        quote="reason",
        link="act",
    ),
    "act.approved": Words(
        title=_("An act on money was approved and carried out"), quote="reason", link="act"
    ),
    "act.refused": Words(
        title=_("An act on money was refused"),
        both=_("Nothing moved."),
        quote="decision",
        link="act",
    ),
    "act.reminded": Words(
        title=_("Reminder: an act on money waits for a second treasurer"),
        both=_("Please look at it, and approve or refuse it."),
        quote="reason",
        link="act",
    ),
    "act.lapsed": Words(
        title=_("An act on money lapsed, because nobody decided in time"),
        both=_("Nothing moved. It may be proposed again."),
        link="act",
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
