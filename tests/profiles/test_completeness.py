"""RA2: which parts Regular needs, and what is there."""

from dataclasses import replace

import pytest

from enishi.profiles import commands
from enishi.profiles.completeness import policy, queries
from enishi.profiles.completeness.policy import Facts
from enishi.profiles.packages import commands as packages
from tests import make

from . import parts

EMPTY = Facts(
    has_name=True,
    has_image=False,
    introduction=0,
    skills=0,
    portfolio=0,
    packages=0,
    experience=0,
    qualifications=0,
    languages=0,
    rates=0,
    has_hours=False,
    has_capacity=False,
)


def test_an_empty_profile_lacks_all_but_its_name():
    assert policy.lacking(EMPTY) == ["image", "introduction", "shown", "learned"]
    assert [one.name for one in policy.completeness(EMPTY) if one.is_there] == ["name"]


@pytest.mark.parametrize("shown", ["skills", "portfolio", "packages"])
@pytest.mark.parametrize("learned", ["experience", "qualifications"])
def test_ra2_one_of_each_is_enough(shown, learned):
    facts = replace(EMPTY, has_image=True, introduction=300, **{shown: 1, learned: 1})

    assert policy.lacking(facts) == []


def test_ra2_two_hundred_and_ninety_nine_characters_are_too_few():
    assert "introduction" in policy.lacking(replace(EMPTY, introduction=299))
    assert "introduction" not in policy.lacking(replace(EMPTY, introduction=300))


@pytest.mark.django_db
def test_three_hundred_joiners_are_no_introduction():
    ren = make.ren()
    commands.present_worker(by=ren, at=make.NOON, introduction="\u200d" * 300)

    assert queries.facts(ren.pk).introduction == 0


@pytest.mark.django_db
def test_facts_are_counted_for_many_in_one_query(django_assert_num_queries):
    ren, sora = make.ren(), make.sora()
    commands.present_worker(
        by=ren, at=make.NOON, introduction="あ" * 300, skills=["a"], hours="朝", weekly_hours=20
    )
    parts.everything(ren)
    closed = parts.package(ren)
    packages.close(closed.pk, by=ren, at=make.NOON)
    queries.facts_of([ren.pk])  # compiles

    with django_assert_num_queries(1):
        found = queries.facts_of([ren.pk, sora.pk])

    assert found[sora.pk] == EMPTY
    assert found[ren.pk] == Facts(
        has_name=True,
        has_image=False,
        introduction=300,
        skills=1,
        portfolio=1,
        packages=1,
        experience=1,
        qualifications=1,
        languages=2,
        rates=1,
        has_hours=True,
        has_capacity=True,
    )
