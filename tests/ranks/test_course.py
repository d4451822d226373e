"""RA9: how figures went and go on, and what would move them."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from enishi.ranks import course, forecast
from enishi.ranks.course import Paid
from enishi.ranks.forecast import Answer, Deal, Rating

TODAY = date(2026, 4, 30)


def ago(days):
    return TODAY - timedelta(days=days)


def test_months_end_on_their_last_days_and_today_stands_between():
    assert course.month_ends(date(2026, 3, 10), behind=2, ahead=2) == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 10),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


def test_a_month_that_ends_today_is_not_told_twice():
    assert course.month_ends(TODAY, behind=1, ahead=1) == [date(2026, 3, 31), TODAY]


def test_a_rating_counts_in_every_year_that_holds_it_and_in_none_after():
    days = [ago(1), TODAY, TODAY + timedelta(days=366)]
    found = course.points(
        [Rating(TODAY, "a", 4)], days, span=course.A_YEAR, measured=forecast.rated
    )

    assert [one.measure.value for one in found] == [None, Fraction(4), None]
    assert [one.measure.sample for one in found] == [0, 1, 0]


def test_shares_are_exact_and_say_of_how_many():
    answers = [Answer(TODAY, True), Answer(TODAY, True), Answer(TODAY, False)]
    deals = [Deal(TODAY, "a", False), Deal(TODAY, "a", True), Deal(TODAY, "b", False)]

    assert forecast.answered(answers) == forecast.Measure(Fraction(2, 3), 3)
    assert forecast.completed(deals) == forecast.Measure(Fraction(1, 2), 2)


def test_earnings_stand_in_the_month_in_which_they_were_released():
    found = course.by_month([Paid(TODAY, 100), Paid(ago(29), 50), Paid(ago(30), 7)], TODAY)

    assert len(found) == 12
    assert found[0][0] == date(2025, 5, 1)
    assert found[-2:] == [(date(2026, 3, 1), 7, 1), (date(2026, 4, 1), 150, 2)]


def test_a_year_of_earnings_goes_on_at_the_pace_of_ninety_days():
    found = course.years([Paid(ago(10), 90_000), Paid(ago(364), 10_000)], TODAY)
    now = next(one for one in found if one.on == TODAY)
    coming = next(one for one in found if one.is_ahead)

    assert now.yen == 100_000
    assert coming.on == date(2026, 5, 31)
    assert coming.yen == 90_000 + 1_000 * 31  # what is a year old dropped out
    assert course.pace([Paid(ago(89), 90_000), Paid(ago(90), 1)], TODAY) == 30_000


def test_without_recent_earnings_nothing_is_reckoned_ahead():
    assert not any(one.is_ahead for one in course.years([Paid(ago(90), 90_000)], TODAY))


def test_the_first_month_in_which_the_goal_is_reached_is_told():
    found = course.years([Paid(ago(10), 90_000)], TODAY)

    assert course.reached_on(found, 90_001) == date(2026, 5, 31)
    assert course.reached_on(found, 10_000_000) is None


@pytest.mark.parametrize(
    ("yen", "earners", "told"),
    [
        (1_234_567, 10, 1_300_000),
        (1_200_000, 10, 1_200_000),
        (987, 50, 990),
        (7, 50, 7),
        (1_234_567, 9, None),
        (None, 10, None),
    ],
)
def test_what_one_person_earned_is_never_told(yen, earners, told):
    assert course.threshold(yen, earners) == told


@pytest.mark.parametrize(
    ("part", "whole", "best", "least", "more"),
    [
        (Fraction(19), 4, 5, Fraction(48, 10), 1),
        (Fraction(9), 2, 5, Fraction(48, 10), 3),
        (Fraction(0), 1, 1, Fraction(80, 100), 4),
        (Fraction(0), 0, 1, Fraction(80, 100), 1),
        (Fraction(2), 3, 1, Fraction(90, 100), 7),
        (Fraction(9, 2), 1, 5, Fraction(48, 10), 2),  # an order that was split, rated 4 and 5
    ],
)
def test_so_many_more_are_enough_and_one_fewer_is_not(part, whole, best, least, more):
    assert course.still_needed(part, whole, best=best, least=least) == more
    assert (part + more * best) / (whole + more) >= least
    assert more == 1 or (part + (more - 1) * best) / (whole + more - 1) < least


@pytest.mark.parametrize(
    ("part", "whole", "worst", "least", "room"),
    [
        (Fraction(50), 10, 4, Fraction(48, 10), 2),
        (Fraction(24), 5, 4, Fraction(48, 10), 0),
        (Fraction(10), 10, 0, Fraction(90, 100), 1),
        (Fraction(4), 10, 0, Fraction(80, 100), 0),
    ],
)
def test_so_many_worse_ones_leave_it_and_one_more_does_not(part, whole, worst, least, room):
    assert course.room(part, whole, worst=worst, least=least) == room
    if part / whole >= least:
        assert (part + room * worst) / (whole + room) >= least
        assert (part + (room + 1) * worst) / (whole + room + 1) < least
