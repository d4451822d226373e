"""When the clocks of a deal fall, to the instant: CL1, CL4, CL11, CL12, CL13, CL14, CL17."""

from datetime import UTC, date, datetime, timedelta

from enishi.contracts import clocks
from enishi.contracts.lifecycle import CHANGE, CONTRACT, MILESTONE
from enishi.kit.days import days_after, end_of_day
from enishi.kit.rules import Rules

RULES = Rules()
FRIDAY = datetime(2026, 10, 30, 6, 0, tzinfo=UTC)  # 15:00 in Tokyo
FUNDED = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=9)


def test_a_delivery_is_asked_after_three_times_and_accepted_on_the_fourteenth_day():
    """CL4"""
    monday = datetime(2026, 11, 9, 3, 0, tzinfo=UTC)
    plan = clocks.inspecting(RULES).plan(monday, days_after(monday, 14))

    assert plan == [
        (at(date(2026, 11, 13)), "remind"),
        (at(date(2026, 11, 15), 9), "last_call"),
        (at(date(2026, 11, 16), 9), "office_letter"),
        (at(date(2026, 11, 24)), "deem"),
    ]


def test_a_reminder_that_would_come_after_the_last_call_is_left_out():
    """CL4: three business days after that Friday end after the morning of day six."""
    plan = clocks.inspecting(RULES).plan(FRIDAY, days_after(FRIDAY, 14))

    assert [name for _, name in plan] == ["last_call", "office_letter", "deem"]


def test_where_the_office_letter_would_fall_on_a_weekend_it_moves_to_monday():
    """CL4"""
    saturday = datetime(2026, 10, 31, 3, 0, tzinfo=UTC)
    plan = {
        name: when
        for when, name in clocks.inspecting(RULES).plan(saturday, days_after(saturday, 14))
    }

    assert plan["office_letter"] == at(date(2026, 11, 9), 9)


def test_a_market_that_inspects_in_seven_days_sends_no_letter_after_the_end():
    """CL4: a reminder that would not come before the next step is left out."""
    clock = clocks.inspecting(RULES)
    due = days_after(FRIDAY, 7)

    assert clock.due_steps(due, due, FRIDAY, due)[-1] == "deem"


def test_an_offer_is_reminded_after_three_business_days_and_lapses_after_seven():
    """CL11"""
    plan = clocks.offered(RULES).plan(FRIDAY, days_after(FRIDAY, 7))

    assert plan == [(at(date(2026, 11, 6)), "remind"), (at(date(2026, 11, 7)), "lapse")]


def test_escrow_is_reminded_after_three_business_days_and_expires_after_seven():
    """CL1"""
    plan = clocks.agreed(RULES).plan(FRIDAY, days_after(FRIDAY, 7))

    assert plan == [(at(date(2026, 11, 6)), "remind"), (at(date(2026, 11, 7)), "expire")]


def test_a_delivery_date_reminds_marks_late_and_goes_to_the_office():
    """CL12"""
    plan = clocks.working(RULES).plan(FUNDED, end_of_day(date(2026, 10, 20)))

    assert plan == [
        (at(date(2026, 10, 19), 9), "remind"),
        (at(date(2026, 10, 21)), "late"),
        (at(date(2026, 10, 28)), "overdue"),
        (at(date(2026, 11, 4)), "settle"),
    ]


def test_a_reminder_that_comes_together_with_a_later_step_is_left_out():
    due = end_of_day(date(2026, 10, 20))
    clock = clocks.working(RULES)
    first = clock.first(FUNDED, due)

    assert clock.due_steps(first, due, FUNDED, due) == ["remind", "late"]
    assert clock.next_after(due, FUNDED, due) == end_of_day(date(2026, 10, 27))


def test_a_change_request_means_no_after_seven_days():
    """CL14"""
    due = days_after(FRIDAY, 7)

    assert clocks.changing(RULES).plan(FRIDAY, due) == [(due, "lapse")]


def test_reviews_close_fourteen_days_after_the_end():
    """CL17"""
    assert clocks.reviewing(RULES).plan(FRIDAY, days_after(FRIDAY, 14))[-1] == (
        at(date(2026, 11, 14)),
        "close_reviews",
    )


def test_every_waiting_state_of_a_deal_has_a_clock():
    """CL: no state waits for ever."""
    known = {(clock.subject, clock.state) for clock in clocks.declared(RULES)}
    waiting = {
        ("contracts.Contract", state) for state in ("offered", "agreed", "completed", "ended")
    }
    waiting |= {
        ("contracts.Milestone", state)
        for state in ("unfunded", "funded", "held", "delivered", "revising")
    }
    waiting |= {("contracts.ChangeRequest", "requested")}

    assert known == waiting
    assert {"active"} == set(CONTRACT.states) - {
        *(state for label, state in waiting if label == "contracts.Contract"),
        *("declined", "withdrawn", "lapsed", "expired"),
    }
    assert CHANGE.start == "requested"
    assert "disputed" in MILESTONE.states
