"""SA7: the good are told from the bad by their ratings alone, however many raters are invented."""

import random

import pytest

from enishi.trust import scoring
from enishi.trust.scoring import Rating
from tests.trust.networks import Network, auc


def rated(*rows):
    return scoring.scores(Rating(*row, time=float(at)) for at, row in enumerate(rows))


def test_nobody_rated_has_no_score():
    assert rated() == {}


def test_one_rating_says_less_than_three_alike():
    found = rated(
        *(("a", "b", 10), ("b", "a", 10), ("c", "a", 10), ("a", "c", 10)),
        *(("a", "once", 10), ("a", "often", 10), ("b", "often", 10), ("c", "often", 10)),
    )

    assert 0 < found["once"] < found["often"] < 10


def test_scores_stay_within_the_scale_and_are_the_same_each_time():
    network = Network(1)

    found = scoring.scores(network.ratings)

    assert all(-10 <= score <= 10 for score in found.values())
    shuffled = list(network.ratings)
    random.Random(2).shuffle(shuffled)
    assert scoring.ranked(scoring.scores(shuffled)) == scoring.ranked(found)
    assert scoring.ranked(found)[0][1] == max(found.values())


def test_the_latest_rating_between_two_people_counts():
    found = rated(("a", "b", 10), ("b", "a", 10), ("a", "b", -10))

    assert found["b"] < 0


def test_a_rating_of_oneself_says_nothing():
    assert rated(("a", "a", 10)) == {}


@pytest.mark.parametrize("habits", ["ones and tens", "whole scale"])
@pytest.mark.parametrize("each", [3, 8])
def test_the_good_are_told_from_the_bad(habits, each):
    network = Network(3, habits=habits, each=each)

    found = scoring.scores(network.ratings)

    assert auc(found, network.is_good) >= 0.95


def test_two_hundred_colluding_raters_move_nothing():
    network = Network(4)
    before = auc(scoring.scores(network.ratings), network.is_good)

    crowd = network.colluding(200)

    after = auc(scoring.scores([*network.ratings, *crowd]), network.is_good)
    assert abs(after - before) <= 0.01


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_tenth_fewer_ratings_move_little(seed):
    network = Network(5)
    before = auc(scoring.scores(network.ratings), network.is_good)
    by_lot = random.Random(seed)

    left = [one for one in network.ratings if by_lot.random() >= 0.1]

    assert abs(auc(scoring.scores(left), network.is_good) - before) <= 0.01


def test_raters_whom_nobody_rates_all_count_where_nobody_is_rated_back():
    """Buyers who rate goods: there is no core, and everybody counts alike."""
    found = rated(("a", "x", 10), ("b", "x", 10), ("a", "y", -10), ("b", "z", 1))

    assert found["x"] > found["z"] > 0 > found["y"]
