"""RE1, RE2, RE5, SA5: what ratings add up to."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from enishi.reviews import policy

FIVES = {5: 3, 4: 1, 3: 0, 2: 0, 1: 0}


def test_the_mean_is_exact():
    assert policy.mean(FIVES) == Fraction(19, 4)


def test_nobody_rated_has_no_mean():
    assert policy.mean({}) is None
    assert policy.adjusted({}, Fraction(4)) is None


def test_re5_few_ratings_are_drawn_towards_the_mean_of_the_site():
    assert policy.adjusted({5: 1}, Fraction(4)) == Fraction(25, 6)
    assert policy.adjusted({5: 95}, Fraction(4)) == Fraction(99, 20)


@pytest.mark.parametrize(
    ("count", "mean", "word"),
    [
        (0, None, "none"),
        (1, Fraction(5), "too_few"),
        (3, Fraction(5), "too_few"),
        (4, Fraction(5), "some"),
        (9, Fraction(5), "some"),
        (10, Fraction(4), "established"),
        (10, Fraction(39, 10), "some"),
    ],
)
def test_sa5_few_ratings_say_little_however_good_they_are(count, mean, word):
    assert policy.weight(count, mean) == word


def test_re2_a_reply_may_come_until_the_end_of_the_28th_day():
    published = datetime(2026, 11, 13, 15, 0, tzinfo=UTC)  # 00:00 on 11-14 in Tokyo

    assert policy.reply_until(published, 28) == datetime(2026, 12, 12, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize("wrong", [0, 6, -1])
def test_re1_a_rating_has_five_items_from_1_to_5(wrong):
    whole = dict.fromkeys(policy.ITEMS, 5)

    assert policy.is_rating(5, whole)
    assert not policy.is_rating(wrong, whole)
    assert not policy.is_rating(5, whole | {"skill": wrong})
    assert not policy.is_rating(5, {"skill": 5})
