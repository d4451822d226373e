"""Every waiting state of a contract: whose turn, which steps when, what happens at the end.

CL1, CL4, CL11–CL14, CL17 and CL6's end of a delivery that never came. Times come from
`Rules`; the columns that hold them stand on the rows.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache

from enishi.kit.clocks import Clock, Spans, Step, after_business_days, at_due, ending
from enishi.kit.days import (
    TOKYO,
    day_of,
    days_after,
    last_day,
    next_business_day,
)
from enishi.kit.rules import Rules
from enishi.kit.sentences import sentence as _

MORNING = time(9)


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, TOKYO)


def _on_day(days: int) -> Spans:
    return lambda since, due: _morning(day_of(since) + timedelta(days=days))


def _on_business_day_from(days: int) -> Spans:
    return lambda since, due: _morning(next_business_day(day_of(since) + timedelta(days=days)))


def _day_before(days: int) -> Spans:
    return lambda since, due: _morning(last_day(due) - timedelta(days=days))


def _after_due(days: int) -> Spans:
    return lambda since, due: days_after(due - timedelta(microseconds=1), days)


@cache
def offered(rules: Rules) -> Clock:
    """CL11: the worker's answer to an offer."""
    return ending(
        "lapse",
        _("The offer lapses. No mark is left."),
        Step(
            "remind",
            after_business_days(rules.offer_reminder_business_days),
            _("The worker is reminded."),
            "after %(offer_reminder_business_days)s business days",
        ),
        rule="CL11",
        subject="contracts.Contract",
        state="offered",
        owner="worker",
        lasts="%(offer_days)s days",
    )


@cache
def agreed(rules: Rules) -> Clock:
    """CL1: the first money of an agreed contract."""
    return _funding("contracts.Contract", "agreed", "expire", rules)


@cache
def unfunded(rules: Rules) -> Clock:
    """CL1 again: the money of the next milestone, once its turn has come."""
    return _funding("contracts.Milestone", "unfunded", "cancel", rules)


def _funding(subject: str, state: str, outcome: str, rules: Rules) -> Clock:
    says = _("The contract expires without a mark on the worker.")
    if outcome == "cancel":
        says = _("The milestones without escrow are cancelled without a mark on the worker.")
    return ending(
        outcome,
        says,
        Step(
            "remind",
            after_business_days(rules.funding_reminder_business_days),
            _("The client is reminded."),
            "after %(funding_reminder_business_days)s business days",
        ),
        rule="CL1",
        subject=subject,
        state=state,
        owner="client",
        lasts="%(funding_days)s days",
    )


@cache
def working(rules: Rules) -> Clock:
    """CL12: the delivery date, and what follows when it passes."""
    return _delivery("CL12", "funded", "until the delivery date", rules)


@cache
def held(rules: Rules) -> Clock:
    """The client's bank took the payment back before anything was delivered (M11)."""
    says = _("Both sides are told how it stands.")
    return ending(
        "remind",
        says,
        rule="CL16",
        subject="contracts.Milestone",
        state="held",
        owner="office",
        lasts="%(chargeback_days)s days",
    )


@cache
def revising(rules: Rules) -> Clock:
    """CL13: the date of a revision, then as CL12; but what was delivered before is on record, so
    it is the office that ends it, not the clock."""
    lasts = "until the date asked for (%(revision_days)s days if none is named)"
    clock = _delivery("CL13", "revising", lasts, rules)
    says = _("The worker is marked late. Later the office opens the settlement by the record.")
    return replace(clock, steps=clock.steps[:-1], outcome="overdue", says=says)


def _delivery(rule: str, state: str, lasts: str, rules: Rules) -> Clock:
    overdue, settled = rules.overdue_days, rules.overdue_days + rules.settlement_days
    return Clock(
        rule=rule,
        subject="contracts.Milestone",
        state=state,
        owner="worker",
        steps=(
            Step(
                "remind",
                _day_before(rules.late_reminder_days),
                _("The worker is reminded."),
                "the day before"
                if rules.late_reminder_days == 1
                else "%(late_reminder_days)s days before",
            ),
            Step("late", at_due, _("The worker is marked late."), "when the date has passed"),
            Step(
                "overdue",
                _after_due(overdue),
                _("The office opens the settlement and tells both sides."),
                "%(overdue_days)s days later",
            ),
            Step(
                "settle",
                _after_due(settled),
                _("If nothing was ever delivered, the escrow goes back to the client."),
            ),
        ),
        outcome="settle",
        says=_(
            "The worker is marked late. Later the office opens the settlement; if nothing was "
            "ever delivered, the escrow goes back to the client."
        ),
        lasts=lasts,
    )


@cache
def inspecting(rules: Rules) -> Clock:
    """CL4: a delivery waits for its inspection; silence is consent on the last day."""
    return ending(
        "deem",
        _("The delivery is accepted by the rules and paid."),
        Step(
            "remind",
            after_business_days(rules.inspection_reminder_business_days),
            _("The client is reminded, and the worker gets a template to ask."),
            "after %(inspection_reminder_business_days)s business days",
        ),
        Step(
            "last_call",
            _on_day(rules.last_call_day),
            _("The client gets a last call."),
            "on day %(last_call_day)s",
        ),
        Step(
            "office_letter",
            _on_business_day_from(rules.office_letter_day),
            _("The office writes to the client."),
            "on day %(office_letter_day)s or the next business day",
        ),
        rule="CL4",
        subject="contracts.Milestone",
        state="delivered",
        owner="client",
        lasts="%(inspection_days)s days",
    )


@cache
def reviewing(rules: Rules) -> Clock:
    """CL17: both sides may review; afterwards what was written appears."""
    return ending(
        "close_reviews",
        _("Reviews close, and what was written appears."),
        Step(
            "remind",
            _on_day(rules.review_days // 2),
            _("Whoever has not reviewed is reminded."),
            "at half time",
        ),
        rule="CL17",
        subject="contracts.Contract",
        state="completed",
        owner="both",
        lasts="%(review_days)s days",
    )


@cache
def rating(rules: Rules) -> Clock:
    """CL17 for a contract that ended early: the side not at fault may rate it (RE3)."""
    return ending(
        "close_reviews",
        _("The time for a review ends."),
        Step(
            "remind",
            _on_day(rules.review_days // 2),
            _("Whoever may review and has not is reminded."),
            "at half time",
        ),
        rule="CL17",
        subject="contracts.Contract",
        state="ended",
        owner="both",
        lasts="%(review_days)s days",
    )


@cache
def changing(rules: Rules) -> Clock:
    """CL14: a change request; silence means no."""
    return ending(
        "lapse",
        _("The request lapses, which means it is declined."),
        rule="CL14",
        subject="contracts.ChangeRequest",
        state="requested",
        owner="both",
        lasts="%(change_request_days)s days",
    )


def declared(rules: Rules) -> tuple[Clock, ...]:
    return (
        *(offered(rules), agreed(rules), unfunded(rules), working(rules), held(rules)),
        *(revising(rules), inspecting(rules), reviewing(rules), rating(rules), changing(rules)),
    )
