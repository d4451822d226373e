"""Letters about a piece of work: money, delivery, inspection (CO4–CO8, CL1, CL4, CL12, CL13)."""

from enishi.kit.sentences import sentence as _

from .words import Words

_FUND = _("Please pay the money into escrow. Work on this piece begins only then.")
_CANCELLED = _(
    "If the money is not in escrow by %(due)s, this piece and those after it are cancelled."
)
_INSPECT = _("Please inspect it: accept, or ask for a revision and say why.")
_DEEMED = _("Without an answer by %(due)s it counts as accepted, and the money is paid.")
_DELIVER_BY = _("The delivery date is %(due)s. After that the delivery counts as late.")
_DELIVER = _("Please deliver, or ask for a later date if you need one.")
_REMAINING = _("Reminder: “%(piece)s” is to be delivered soon")
_WAITS = _("Reminder: “%(piece)s” waits for your inspection")

WORDS = {
    "milestone.turn": Words(
        title=_("“%(piece)s” comes next"), client=_FUND, due=_CANCELLED, link="contract"
    ),
    "milestone.partly_funded": Words(
        title=_("%(arrived)s of the %(whole)s for “%(piece)s” has arrived"),
        client=_(
            "%(missing)s is missing. Please transfer it to the same account. The worker begins "
            "only when all of it is in escrow."
        ),
        worker=_(
            "%(missing)s is missing. Please do not begin yet: you are told when all of it is in "
            "escrow."
        ),
        due=_("If the rest is not here by %(due)s, what has arrived goes back to the client."),
        link="contract",
    ),
    "milestone.funded": Words(
        title=_("The money for “%(piece)s” is in escrow"),
        client=_(
            "The worker may begin now. You are told as soon as there is something to inspect."
        ),
        worker=_("You may begin now. The money is kept safe until the work is accepted."),
        due=_DELIVER_BY,
        link="contract",
    ),
    "milestone.delivered": Words(
        title=_("%(worker)s delivered “%(piece)s”"), client=_INSPECT, due=_DEEMED, link="contract"
    ),
    "milestone.revision_asked": Words(
        title=_("%(client)s asks for a revision of “%(piece)s”"),
        worker=_("Please revise and deliver again, or talk about it in the messages."),
        due=_DELIVER_BY,
        quote="reason",
        link="contract",
    ),
    "milestone.accepted": Words(
        title=_("%(client)s accepted “%(piece)s”"),
        worker=_("You receive %(net)s. It goes to your bank account; nothing more is needed."),
        link="contract",
    ),
    "milestone.deemed": Words(
        title=_("“%(piece)s” was accepted by the rules, because no answer came in time"),
        client=_("%(amount)s was paid to the worker from escrow."),
        worker=_("You receive %(net)s. It goes to your bank account; nothing more is needed."),
        link="contract",
    ),
    "milestone.remittance": Words(
        title=_("Please remit the income tax withheld from the pay for “%(piece)s”"),
        client=_("%(withheld)s is yours to remit to the tax office. It never entered escrow."),
        due=_("It is due by %(until)s."),
        until="until",
        link="contract",
    ),
    "milestone.reminded": Words(title=_("A reminder about “%(piece)s”"), link="contract"),
    "milestone.reminded:CL1": Words(
        title=_("Reminder: the money for “%(piece)s” is not in escrow yet"),
        client=_FUND,
        due=_CANCELLED,
        link="contract",
    ),
    "milestone.reminded:CL12": Words(
        title=_REMAINING, worker=_DELIVER, due=_DELIVER_BY, link="contract"
    ),
    "milestone.reminded:CL13": Words(
        title=_REMAINING, worker=_DELIVER, due=_DELIVER_BY, link="contract"
    ),
    "milestone.reminded:CL4:remind": Words(
        title=_WAITS, client=_INSPECT, due=_DEEMED, link="contract"
    ),
    "milestone.reminded:CL4:last_call": Words(
        title=_("Last call: “%(piece)s” waits for your inspection"),
        client=_("The worker has been waiting for days. Please accept, or say what is missing."),
        due=_DEEMED,
        link="contract",
    ),
    "milestone.reminded:CL4:office_letter": Words(
        title=_("A letter from the office: “%(piece)s” still waits for your inspection"),
        client=_(
            "The office asks you to inspect the delivery now. If something keeps you from it, "
            "please write to the worker."
        ),
        due=_DEEMED,
        link="contract",
    ),
    "milestone.silent": Words(
        title=_("%(client)s has not inspected “%(piece)s” yet and was reminded today"),
        worker=_("If you like, ask in the messages; a text to start from is ready there."),
        due=_("Without an answer by %(due)s it counts as accepted, and you are paid."),
        link="contract",
    ),
    "milestone.late": Words(
        title=_("The delivery date of “%(piece)s” has passed"),
        client=_("You may agree on a later date in the contract's page, or wait."),
        worker=_DELIVER,
        due=_("If nothing has come by %(then)s, the office opens the settlement."),
        until="then",
        link="contract",
    ),
    "milestone.overdue": Words(
        title=_("“%(piece)s” was not delivered; the office opens the settlement"),
        client=_("You may still agree on a later date in the contract's page, or wait."),
        worker=_("You can still deliver."),
        due=_("If nothing has come by %(then)s, all of the money goes back to the client."),
        until="then",
        link="contract",
    ),
    "milestone.overdue:CL13": Words(
        title=_("The revision of “%(piece)s” was not delivered; the office settles it"),
        both=_("The money stays in escrow until it is decided."),
        worker=_("You can still deliver. The money stays in escrow until it is decided."),
        link="contract",
    ),
    "milestone.held": Words(
        title=_("The client's bank took back the money for “%(piece)s”; it is on hold"),
        worker=_(
            "Please stop working on it until the bank has decided. If it decides for us, you get "
            "as many more days as it stood still."
        ),
        link="contract",
    ),
    "milestone.charged_back": Words(
        title=_("The client's bank took back the money for “%(piece)s”"),
        worker=_(
            "You need not do anything: what you delivered stays paid, or will be paid when it is "
            "accepted. The office settles it with the client."
        ),
        link="contract",
    ),
    "milestone.resumed": Words(
        title=_("The bank decided for us: work on “%(piece)s” goes on"),
        worker=_("You may go on now. The money is kept safe until the work is accepted."),
        due=_DELIVER_BY,
        link="contract",
    ),
    "milestone.reminded:CL16": Words(
        title=_("The bank has not decided about “%(piece)s” yet"),
        both=_("It stays on hold. The office asks the payment provider."),
        link="contract",
    ),
    "milestone.settled": Words(
        title=_("The office settled “%(piece)s”"),
        client=_("%(refunded)s goes back to you; the rest was paid to the worker."),
        worker=_("You receive %(net)s; the rest goes back to the client."),
        quote="reason",
        link="contract",
    ),
    "milestone.refunded:charged_back": Words(
        title=_("The client's bank kept the money for “%(piece)s”, so it ends here"),
        client=_("Its escrow settles what you owed for it. Nothing else is charged."),
        worker=_("Nothing had been delivered. This leaves no mark on you."),
        link="contract",
    ),
    "milestone.refunded": Words(
        title=_("The money for “%(piece)s” goes back to the client"),
        client=_("%(refunded)s returns the way it was paid."),
        quote="reason",
        link="contract",
    ),
    "milestone.refunded:never_delivered": Words(
        title=_("“%(piece)s” never came; its money goes back to the client"),
        client=_("%(refunded)s returns the way it was paid."),
        worker=_("The contract's page shows what was recorded."),
        link="contract",
    ),
    "milestone.cancelled": Words(
        title=_("“%(piece)s” was cancelled, because it was not funded"),
        client=_("If you still want the work, please offer a new contract."),
        worker=_("You need not do anything. This leaves no mark on you."),
        link="contract",
    ),
}
