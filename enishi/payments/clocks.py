"""Every waiting state of a chargeback, of a file at the bank, of an account whose holder the office
looks at, and of a refund that failed (CL16: the office's duties; never decided by silence)."""

from functools import cache

from enishi.kit.clocks import Clock, Step, after_business_days, ending
from enishi.kit.rules import Rules
from enishi.kit.sentences import sentence as _


@cache
def opened(rules: Rules) -> Clock:
    """The office's side of it, before the bank's last day."""
    says = _("The bank decides without hearing the market.")
    return ending(
        "overdue",
        says,
        Step(
            "remind",
            after_business_days(rules.chargeback_reminder_business_days),
            _("The treasurers are reminded."),
            "after %(chargeback_reminder_business_days)s business days",
        ),
        rule="CL16",
        subject="payments.Chargeback",
        state="open",
        owner="office",
        lasts="until the last day that the bank names",
    )


@cache
def answered(rules: Rules) -> Clock:
    """The bank's decision."""
    says = _("The treasurers are told to ask the payment provider.")
    return ending(
        "overdue",
        says,
        rule="CL16",
        subject="payments.Chargeback",
        state="answered",
        owner="office",
        lasts="%(chargeback_days)s days",
    )


@cache
def lost(rules: Rules) -> Clock:
    """What the payer owes after the bank has decided for them."""
    says = _("The treasurers decide what becomes of the sum that is owed.")
    return ending(
        "overdue",
        says,
        Step(
            "remind",
            after_business_days(rules.chargeback_payment_reminder_business_days),
            _("The client is reminded."),
            "after %(chargeback_payment_reminder_business_days)s business days",
        ),
        rule="CL16",
        subject="payments.Chargeback",
        state="lost",
        owner="client",
        lasts="%(chargeback_payment_days)s days",
    )


@cache
def at_the_bank(rules: Rules) -> Clock:
    """The bank's answer to a file of payouts."""
    says = _("The treasurers are told to ask the bank for its answer.")
    return ending(
        "overdue",
        says,
        rule="CL16",
        subject="payments.PayoutBatch",
        state="sent",
        owner="office",
        lasts="%(batch_business_days)s business days after the transfer day",
    )


@cache
def looked_at(rules: Rules) -> Clock:
    """The office's look at a holder who is not the owner by name."""
    says = _("The treasurers are told that it is overdue. Nothing is sent to that account.")
    return ending(
        "overdue",
        says,
        rule="CL16",
        subject="payments.HolderCheck",
        state="waiting",
        owner="office",
        lasts="%(holder_business_days)s business days",
    )


@cache
def gone_wrong(rules: Rules) -> Clock:
    """A refund that did not arrive, until treasurers decide what becomes of it."""
    says = _("The treasurers are told that it is overdue. The sum stays in escrow.")
    return ending(
        "overdue",
        says,
        rule="CL16",
        subject="payments.Refund",
        state="failed",
        owner="office",
        lasts="%(refund_business_days)s business days",
    )


def declared(rules: Rules) -> tuple[Clock, ...]:
    return (
        *(opened(rules), answered(rules), lost(rules)),
        *(at_the_bank(rules), looked_at(rules), gone_wrong(rules)),
    )
