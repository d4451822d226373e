"""PE2, I7: grades, and names that show what they are."""

import pytest

from enishi.accounts import policy


@pytest.mark.parametrize(
    ("written", "name"),
    [("  花村　はな ", "花村 はな"), ("Ｒｅｎ", "Ren"), ("ﾊﾅ", "ハナ"), ("a\n\tb", "a b")],
)
def test_a_name_has_one_spelling(written, name):
    assert policy.clean_name(written) == name


@pytest.mark.parametrize(
    "name", ["花村 はな", "髙橋 﨑", "O'Brien-山田", "👩‍💻".replace("\u200d", "")]
)
def test_names_people_have_are_readable(name):
    assert policy.is_readable_name(policy.clean_name(name))


@pytest.mark.parametrize(
    "name", ["", "\u202eneR", "ren\u200b", "\u3164", "\u2800\u115f", "a\u0000b", "\ufeff", "\ue000"]
)
def test_i7_names_that_hide_or_turn_are_not(name):
    assert not policy.is_readable_name(policy.clean_name(name))


def test_pe2_money_and_cases_are_separate_duties():
    assert policy.has_grade("treasurer", "treasurer")
    assert policy.has_grade("operator", "reader")
    assert not policy.has_grade("treasurer", "operator")
    assert not policy.has_grade("", "reader")
