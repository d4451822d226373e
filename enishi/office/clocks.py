"""What waits on the office's desk for a second person."""

from functools import cache

from enishi.kit.clocks import Clock, Step, after_business_days, ending
from enishi.kit.rules import Rules
from enishi.kit.sentences import sentence as _


@cache
def proposed(rules: Rules) -> Clock:
    """CL16: an act on money waits for another treasurer; silence moves nothing."""
    says = _("The proposal lapses, and nothing moves.")
    return ending(
        "lapse",
        says,
        Step(
            "remind",
            after_business_days(rules.money_act_reminder_business_days),
            _("The treasurers are reminded."),
            "after %(money_act_reminder_business_days)s business days",
        ),
        rule="CL16",
        subject="office.MoneyAct",
        state="proposed",
        owner="office",
        lasts="%(money_act_business_days)s business days",
    )


@cache
def differing(rules: Rules) -> Clock:
    """CL16: our books and the provider's differ; payouts of the people hit stand still."""
    says = _("The treasurers are told that it is overdue. Payouts of the people hit stay held.")
    return ending(
        "overdue",
        says,
        rule="CL16",
        subject="office.Difference",
        state="open",
        owner="office",
        lasts="%(difference_business_days)s business days",
    )


@cache
def found(rules: Rules) -> Clock:
    """CL16: a finding in the review graph waits for an operator; silence changes nothing."""
    says = _("The operators are told that it is overdue. Nothing changes for anybody.")
    return ending(
        "overdue",
        says,
        rule="CL16",
        subject="office.Finding",
        state="open",
        owner="office",
        lasts="%(finding_business_days)s business days",
    )


def declared(rules: Rules) -> tuple[Clock, ...]:
    return (proposed(rules), differing(rules), found(rules))
