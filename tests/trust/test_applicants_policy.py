"""AP6: the order of applicants, its points, and every fifth place for newcomers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.trust.applicants.policy import Applicant, Mark, Wish, fit, ordered, placed
from enishi.trust.closeness.policy import Closeness
from tests.make import NOON

DAY = date(2026, 5, 15)
WISH = Wish(skills=("sk001", "sk004"), category="c01", deliver_by=DAY, yen_most=60_000)


def people(*newcomers, count=12):
    """In the order 1, 2, 3 …; those named are newcomers."""
    return [Applicant(n, 1000, is_newcomer=n in newcomers) for n in range(1, count + 1)]


def places(applicants, most=100, after=None):
    return placed(applicants, every=5, most=most, after=after)


def ids(found):
    return [one.id for one in found]


def reserved(found):
    return [one.place for one in found if one.is_reserved]


def fit_of(**changes):
    known = {"skills": ["sk001", "sk004"], "categories": ["c01"], "delivery_on": DAY}
    return fit(WISH, **known | {"amount": 60_000} | changes)


def test_each_fifth_place_goes_to_the_next_newcomer():
    found, after = places(people(8, 11, 12))

    assert ids(found) == [1, 2, 3, 4, 8, 5, 6, 7, 9, 11, 10, 12]
    assert reserved(found) == [5, 10]
    assert after is None


def test_a_newcomer_who_comes_first_anyway_keeps_the_better_place():
    found, _ = places(people(1, 9))

    assert ids(found) == [1, 2, 3, 4, 9, 5, 6, 7, 8, 10, 11, 12]
    assert reserved(found) == [5]


def test_with_fewer_newcomers_than_places_the_order_goes_on():
    found, _ = places(people(7))

    assert ids(found) == [1, 2, 3, 4, 7, 5, 6, 8, 9, 10, 11, 12]
    assert reserved(found) == [5]


def test_without_newcomers_nothing_is_reserved():
    found, _ = places(people())

    assert ids(found) == list(range(1, 13))
    assert reserved(found) == []


def test_four_applicants_have_no_fifth_place():
    found, _ = places(people(4, count=4))

    assert ids(found) == [1, 2, 3, 4]
    assert reserved(found) == []


def test_a_newcomer_stands_on_the_fifth_place_of_five():
    found, _ = places(people(2, 5, count=5))

    assert ids(found) == [1, 2, 3, 4, 5]
    assert reserved(found) == [5]


def test_where_all_are_newcomers_the_order_stays():
    found, _ = places(people(*range(1, 13)))

    assert ids(found) == list(range(1, 13))


@given(
    st.sets(st.integers(1, 40)), st.integers(0, 40), st.integers(1, 12), st.sets(st.integers(1, 40))
)
def test_pages_of_any_size_give_the_same_list_without_gap_or_repetition(
    newcomers, count, size, hidden
):
    everyone = [
        Applicant(n, 0, is_newcomer=n in newcomers, is_shown=n not in hidden)
        for n in range(1, count + 1)
    ]
    whole, _ = places(everyone)

    pages, after = [], Mark()
    while after is not None:
        found, after = places(everyone, most=size, after=after)
        pages += found

    assert pages == whole
    assert sorted(ids(whole)) == [one.id for one in everyone if one.is_shown]


def test_whoever_applies_between_two_pages_moves_nobody():
    before = people(8, 9)
    first, after = places(before, most=6)
    later = [Applicant(99, 1000, is_newcomer=True), *before]

    second, _ = places(later, most=100, after=after)

    assert ids(first) == [1, 2, 3, 4, 8, 5]
    assert ids(second) == [6, 7, 9, 10, 11, 12]
    assert 99 not in ids(second)


def test_whoever_is_answered_between_two_pages_moves_nobody():
    before = people(8, 9)
    _, after = places(before, most=6)
    hidden = [
        Applicant(one.id, 1000, is_newcomer=one.is_newcomer, is_shown=one.id not in (5, 8))
        for one in before
    ]

    second, _ = places(hidden, after=after)

    assert ids(second) == [6, 7, 9, 10, 11, 12]


@pytest.mark.parametrize("text", ["", "7", "1-2", "a-b-c", "1-2-3-4", "1--2", "9" * 18 + "-1-1"])
def test_what_is_no_mark_is_the_beginning(text):
    assert Mark.read(text) == Mark()


def test_a_mark_is_read_as_it_was_written():
    mark = Mark(20, 7, 9)

    assert Mark.read(str(mark)) == mark


def test_of_two_alike_whoever_applied_later_comes_first():
    same = [Applicant(n, 1000, points=2) for n in (1, 2, 3)]

    for order in ("newest", "closeness", "price", "fit"):
        assert ids(ordered(same, order)) == [3, 2, 1]


def test_each_order_goes_by_what_it_says():
    near = Closeness(2, NOON)
    recent = Closeness(1, NOON + timedelta(days=9))
    applicants = [
        Applicant(1, 3000, closeness=near, points=1),
        Applicant(2, 1000, closeness=recent, points=3),
        Applicant(3, 2000, points=2),
    ]

    assert ids(ordered(applicants, "newest")) == [3, 2, 1]
    assert ids(ordered(applicants, "closeness")) == [1, 2, 3]
    assert ids(ordered(applicants, "price")) == [2, 3, 1]
    assert ids(ordered(applicants, "fit")) == [2, 3, 1]


def test_fit_counts_one_point_for_each_thing_that_holds():
    assert (fit_of().points, fit_of().points_most) == (5, 5)
    assert fit_of(skills=["sk004", "sk099"]).skills == ("sk004",)
    assert fit_of(skills=[]).points == 3
    assert fit_of(categories=["c02"]).points == 4
    assert fit_of(delivery_on=DAY + timedelta(days=1)).points == 4
    assert fit_of(amount=60_001).points == 4


def test_a_cheaper_or_earlier_offer_gets_no_further_point():
    assert fit_of(amount=1, delivery_on=DAY - timedelta(days=30)).points == 5


def test_a_day_that_the_post_does_not_name_counts_for_nobody():
    wish = Wish(skills=(), category="c01", deliver_by=None, yen_most=60_000)

    found = fit(wish, skills=["sk001"], categories=[], delivery_on=DAY, amount=60_000)

    assert (found.points, found.points_most, found.in_time) == (1, 2, None)
