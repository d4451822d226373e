"""RA9: the first day on which a condition holds if nothing new happens, else none."""

from datetime import date, timedelta

from enishi.ranks import forecast
from enishi.ranks.forecast import Answer, Deal, History, Rating

TODAY = date(2026, 4, 30)


def ago(days):
    return TODAY - timedelta(days=days)


def ahead(days):
    return TODAY + timedelta(days=days)


def test_an_old_bad_rating_drops_out_a_year_later():
    ratings = [Rating(ago(300), "a", 3), Rating(ago(10), "b", 5), Rating(ago(5), "c", 5)]

    assert forecast.days(History(ratings=ratings), today=TODAY)["rating"] == ahead(66)


def test_when_only_bad_ones_are_left_nothing_helps():
    ratings = [Rating(ago(300), "a", 5), Rating(ago(10), "b", 3)]

    assert forecast.days(History(ratings=ratings), today=TODAY)["rating"] is None


def test_two_ratings_of_one_order_count_as_their_mean():
    apart = [Rating(ago(9), "a", 5), Rating(ago(9), "b", 5), Rating(ago(9), "c", 4)]
    together = [Rating(ago(9), "a", 5), Rating(ago(9), "a", 5), Rating(ago(9), "a", 4)]

    assert not forecast.rated_enough(apart)
    assert not forecast.rated_enough(together)
    assert forecast.rated_enough([*together, *(Rating(ago(9), n, 5) for n in range(2))])
    assert not forecast.rated_enough([*apart, Rating(ago(9), "d", 4)])


def test_an_order_in_which_the_worker_failed_once_is_not_completed():
    deals = [Deal(ago(9), "a", is_faulted=False), Deal(ago(8), "a", is_faulted=True)]

    assert not forecast.completed_enough(deals)
    assert not forecast.completed_enough([])


def test_a_failed_contract_drops_out_a_year_after_it_was_agreed():
    deals = [Deal(ago(365), "a", is_faulted=True), Deal(ago(1), "b", is_faulted=False)]

    assert forecast.days(History(deals=deals), today=TODAY)["completed"] == ahead(1)


def test_a_late_answer_drops_out_after_ninety_days():
    answers = [Answer(ago(90), is_within=False), *[Answer(ago(1), is_within=True)] * 3]

    assert forecast.days(History(answers=answers), today=TODAY)["replies"] == ahead(1)


def test_without_anything_there_is_no_day():
    assert set(forecast.days(History(), today=TODAY).values()) == {None}
