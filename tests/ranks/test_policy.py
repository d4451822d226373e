"""RA1–RA7: every condition of every rank at its boundary."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from enishi.ranks import policy
from enishi.ranks.policy import Facts

DAY = date(2026, 4, 30)
REGULAR = Facts(
    day=DAY,
    has_name=True,
    has_image=True,
    introduction=300,
    shown=1,
    learned=1,
    identity=True,
    confidentiality=True,
    phone=True,
    signed_in_on=DAY,
)
BRONZE = replace(REGULAR, funded=1)
SILVER = replace(
    BRONZE,
    completed=9,
    faulted=1,
    ratings=5,
    rating_sum=Fraction(24),
    replies=5,
    replies_within=4,
)
CERTIFIED = replace(SILVER, category="10", earned=5_000, position=1, earners=5)


@pytest.mark.parametrize(
    ("facts", "rank"),
    [
        (Facts(day=DAY), "unranked"),
        (REGULAR, "regular"),
        (BRONZE, "bronze"),
        (SILVER, "silver"),
        (CERTIFIED, "certified"),
    ],
)
def test_there_are_five_ranks(facts, rank):
    assert policy.rank(facts) == rank


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"is_active": False}, "active"),
        ({"has_name": False}, "name"),
        ({"has_image": False}, "image"),
        ({"introduction": 299}, "introduction"),
        ({"shown": 0}, "shown"),
        ({"learned": 0}, "learned"),
        ({"identity": False}, "identity"),
        ({"confidentiality": False}, "confidentiality"),
        ({"phone": False}, "phone"),
        ({"signed_in_on": None}, "signed_in"),
        ({"signed_in_on": date(2026, 3, 29)}, "signed_in"),
    ],
)
def test_ra2_regular_needs_every_one_of_its_conditions(change, name):
    facts = replace(CERTIFIED, **change)

    assert policy.rank(facts) == "unranked"
    assert [one.name for one in policy.conditions(facts) if not one.holds] == [name]


@pytest.mark.parametrize(
    ("today", "last", "is_enough"),
    [
        (date(2026, 4, 30), date(2026, 3, 30), True),  # exactly one month ago
        (date(2026, 4, 30), date(2026, 3, 29), False),
        (date(2026, 3, 31), date(2026, 2, 28), True),  # clamped to the month's end
        (date(2026, 3, 31), date(2026, 2, 27), False),
        (date(2028, 3, 31), date(2028, 2, 29), True),  # a leap year
        (date(2028, 3, 31), date(2028, 2, 28), False),
        (date(2028, 3, 29), date(2028, 2, 29), True),
        (date(2027, 3, 29), date(2027, 2, 28), True),
        (date(2026, 1, 15), date(2025, 12, 15), True),
        (date(2026, 1, 15), date(2025, 12, 14), False),
    ],
)
def test_ra2_signed_in_since_the_same_day_of_last_month(today, last, is_enough):
    facts = replace(REGULAR, day=today, signed_in_on=last)

    assert (policy.rank(facts) == "regular") is is_enough


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"completed": 899, "faulted": 101}, "completed"),  # 89.9 %
        ({"completed": 0, "faulted": 0}, "completed"),
        ({"ratings": 100, "rating_sum": Fraction(479)}, "rating"),  # 4.79
        ({"ratings": 0, "rating_sum": Fraction(0)}, "rating"),
        ({"replies": 1_000, "replies_within": 799}, "replies"),  # 79.9 %
        ({"replies": 0, "replies_within": 0}, "replies"),
    ],
)
def test_ra5_below_any_of_its_limits_and_without_a_sample_there_is_no_silver(change, name):
    facts = replace(SILVER, **change)

    assert policy.rank(facts) == "bronze"
    assert [one.name for one in policy.conditions(facts) if not one.holds] == [name, "earned"]


@pytest.mark.parametrize(
    "change",
    [
        {"completed": 900, "faulted": 100},
        {"completed": 1, "faulted": 0},
        {"ratings": 100, "rating_sum": Fraction(480)},
        {"ratings": 3, "rating_sum": Fraction(144, 10)},
        {"replies": 1_000, "replies_within": 800},
        {"replies": 1, "replies_within": 1},
    ],
)
def test_ra5_each_limit_itself_is_enough(change):
    assert policy.rank(replace(SILVER, **change)) == "silver"


@pytest.mark.parametrize(
    ("position", "earners", "is_top"),
    [
        (1, 4, False),  # too few to have a fifth
        (1, 5, True),
        (2, 5, False),
        (1, 9, True),
        (2, 9, False),
        (2, 10, True),
        (199, 1_000, True),  # 19.9 %
        (200, 1_000, True),
        (201, 1_000, False),  # 20.1 %
        (199, 999, True),
        (200, 999, False),
        (0, 10, False),  # earned nothing there
    ],
)
def test_ra6_the_top_fifth_of_a_category(position, earners, is_top):
    facts = replace(SILVER, position=position, earners=earners)

    assert policy.rank(facts) == ("certified" if is_top else "silver")


def test_ra6_without_silver_no_earnings_help():
    facts = replace(CERTIFIED, replies_within=0)

    assert policy.rank(facts) == "bronze"


def test_ra9_what_is_missing_is_told_where_it_can_be_counted():
    facts = replace(REGULAR, introduction=288)
    lacking = {one.name: one for one in policy.conditions(facts)}

    assert lacking["introduction"].missing == 12
    assert lacking["funded"].missing == 1
    assert lacking["image"].missing is None
    assert lacking["rating"].missing is None


def test_ra8_what_acts_at_once():
    assert policy.falls_at_once(replace(REGULAR, is_active=False))
    assert policy.falls_at_once(replace(REGULAR, withdrawn=True))
    assert not policy.falls_at_once(REGULAR)


def test_the_path_has_a_next_step_until_its_end():
    assert [policy.next_rank(one) for one in policy.RANKS] == [*policy.RANKS[1:], None]
    assert policy.one_lower("certified") == "silver"
    assert policy.one_lower("unranked") == "unranked"
    assert policy.above("silver", "bronze")
    assert not policy.above("silver", "silver")
