"""Every waiting state of a chargeback, of a file at the bank, and of an account whose holder the
office looks at (CL16: the office's duties; never decided by silence)."""

from functools import cache

from enishi.kit.clocks import Clock, Spans, Step, at_due
from enishi.kit.days import business_days_after
from enishi.kit.rules import Rules
from enishi.kit.sentences import sentence as _


def _after_business_days(days: int) -> Spans:
    return lambda since, due: business_days_after(since, days)


@cache
def opened(rules: Rules) -> Clock:
    """The office's side of it, before the bank's last day."""
    says = _("The bank decides without hearing the market.")
    return Clock(
        rule="CL16",
        subject="payments.Chargeback",
        state="open",
        owner="office",
        steps=(
            Step(
                "remind",
                _after_business_days(rules.chargeback_reminder_business_days),
                _("The treasurers are reminded."),
                "after %(chargeback_reminder_business_days)s business days",
            ),
            Step("overdue", at_due, says),
        ),
        outcome="overdue",
        says=says,
        lasts="until the last day that the bank names",
    )


@cache
def answered(rules: Rules) -> Clock:
    """The bank's decision."""
    says = _("The treasurers are told to ask the payment provider.")
    return Clock(
        rule="CL16",
        subject="payments.Chargeback",
        state="answered",
        owner="office",
        steps=(Step("overdue", at_due, says),),
        outcome="overdue",
        says=says,
        lasts="%(chargeback_days)s days",
    )


@cache
def lost(rules: Rules) -> Clock:
    """What the payer owes after the bank has decided for them."""
    says = _("The treasurers decide what becomes of the sum that is owed.")
    return Clock(
        rule="CL16",
        subject="payments.Chargeback",
        state="lost",
        owner="client",
        steps=(
            Step(
                "remind",
                _after_business_days(rules.chargeback_payment_reminder_business_days),
                _("The client is reminded."),
                "after %(chargeback_payment_reminder_business_days)s business days",
            ),
            Step("overdue", at_due, says),
        ),
        outcome="overdue",
        says=says,
        lasts="%(chargeback_payment_days)s days",
    )


@cache
def at_the_bank(rules: Rules) -> Clock:
    """The bank's answer to a file of payouts."""
    says = _("The treasurers are told to ask the bank for its answer.")
    return Clock(
        rule="CL16",
        subject="payments.PayoutBatch",
        state="sent",
        owner="office",
        steps=(Step("overdue", at_due, says),),
        outcome="overdue",
        says=says,
        lasts="%(batch_business_days)s business days after the transfer day",
    )


@cache
def looked_at(rules: Rules) -> Clock:
    """The office's look at a holder who is not the owner by name."""
    says = _("The treasurers are told that it is overdue. Nothing is sent to that account.")
    return Clock(
        rule="CL16",
        subject="payments.HolderCheck",
        state="waiting",
        owner="office",
        steps=(Step("overdue", at_due, says),),
        outcome="overdue",
        says=says,
        lasts="%(holder_business_days)s business days",
    )


def declared(rules: Rules) -> tuple[Clock, ...]:
    return (opened(rules), answered(rules), lost(rules), at_the_bank(rules), looked_at(rules))
