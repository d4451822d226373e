"""SA5: what a signal says, and how much its sample says. Without a database."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from enishi.kit.rules import Rules
from enishi.trust import signals
from enishi.trust.signals import DEFINITIONS, PLACES, SIDES, Facts, Mentions, Signal

DAY = date(2026, 4, 1)


def facts(side="worker", **known):
    return Facts(joined_on=DAY, side=side, **known)


def one(key, side="worker", **known):
    return signals.chosen(facts(side, **known), [key])[0]


@pytest.mark.parametrize(
    ("sample", "says"),
    [(0, "too_few"), (3, "too_few"), (4, "some"), (9, "some"), (10, "established")],
)
def test_how_much_a_sample_says(sample, says):
    assert signals.strength(sample) == says


def test_many_ratings_below_four_are_not_established():
    assert signals.strength(40, Fraction(399, 100)) == "some"
    assert signals.strength(10, Fraction(4)) == "established"


def test_ratings_are_plain_means_of_their_own_items():
    known = {"ratings": 10, "overall": 43, "communication": 50, "partnership": 39}

    assert one("rating", **known) == Signal("rating", 10, "established", Fraction(43, 10))
    assert one("communication", **known).value == 5
    assert one("partnership", **known).strength == "some"


def test_without_a_sample_nothing_is_claimed():
    silent = signals.signals(facts("client"))

    reckoned = [each for each in silent if each.key != "since"]
    assert {(each.sample, each.value, each.strength) for each in reckoned} == {(0, None, "too_few")}


def test_a_share_keeps_what_it_is_made_of():
    found = one("funded", "client", funded=11, unfunded=1)

    assert found == Signal("funded", 12, "established", Fraction(11, 12), part=11)


def test_answers_come_with_the_median_of_their_time():
    found = one("answers", "client", applicants=5, answered=4, answer_median=86_400.0)

    assert found == Signal("answers", 5, "some", Fraction(4, 5), 4, timedelta(days=1))


def test_identity_is_the_day_on_which_it_was_checked():
    found = one("identity", checked=(("phone", DAY), ("identity", DAY)))

    assert (found.day, found.strength) == (DAY, "established")
    assert one("identity", checked=(("phone", DAY),)).day is None


def test_only_reports_that_were_upheld_are_counted_beside_the_deals():
    found = one("upheld", deals=12, upheld=2)

    assert (found.part, found.sample, found.value) == (2, 12, None)


def test_themes_speak_by_the_comments_there_are():
    themes = (Mentions("dates", 4, 0),)

    assert one("themes", comments=5, themes=themes).strength == "some"
    assert one("themes", comments=5).strength == "too_few"


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("place", PLACES)
def test_a_card_has_six_signals_and_communication_comes_first(place, side):
    keys = [each.key for each in signals.card(facts(side), place)]

    assert len(set(keys)) == signals.CARD
    assert keys[:2] == ["communication", "partnership"]
    assert set(keys) <= {each.key for each in signals.definitions(side)}


def test_every_definition_says_what_it_is_and_names_rules_that_exist():
    for each in DEFINITIONS:
        for sentence in (each.name, each.formula, each.made_of, each.improve):
            assert "%(" not in Rules().fill(sentence)
        assert all((each.name, each.formula, each.made_of))
        assert not each.window or hasattr(Rules(), each.window)


def test_no_sentence_of_a_definition_has_a_rule_as_a_number_of_its_own():
    for each in DEFINITIONS:
        said = each.formula + each.improve
        assert not [letter for letter in said.replace("24", "") if letter.isdigit()]
