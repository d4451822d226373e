"""RA3: the list in which clients find workers, its filters, its orders and its pages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enishi.accounts import commands as accounts
from enishi.profiles.packages import commands as packages
from enishi.ranks import earnings
from enishi.trust.workers import ORDERS, Wanted, count, found
from tests import make
from tests.make import NOON
from tests.profiles import parts
from tests.trust.people import finished, listed

pytestmark = pytest.mark.django_db
SIZE = settings.RULES.page_size
A_DAY = timedelta(days=1)


def names(viewer=None, **wanted):
    return [line.name for line in found(Wanted(**wanted), viewer=viewer or make.hana()).lines]


def test_below_regular_nobody_is_listed():
    """RA3"""
    listed("Low", "unranked")
    make.account("Never")
    for rank in ("regular", "bronze", "silver", "certified"):
        listed(rank.title(), rank)

    assert names() == ["Certified", "Silver", "Bronze", "Regular"]
    assert count(Wanted(), viewer=make.hana()) == 4


def test_suspended_people_the_office_and_oneself_are_not_listed():
    listed("Ann")
    suspended, self = listed("Gone"), listed("Me")
    mio = make.mio()
    accounts.suspend(suspended.pk, by=mio, at=NOON, reason="A case.")
    from enishi.ranks.models import Standing

    Standing.objects.create(account=mio, rank="regular", since=NOON, computed_at=NOON)

    assert names(self) == ["Ann"]


def test_within_a_rank_whoever_reached_it_last_comes_first():
    listed("Old", since=NOON - 9 * A_DAY)
    listed("New", since=NOON)
    listed("High", "bronze", since=NOON - 90 * A_DAY)

    assert names(order="rank") == ["High", "New", "Old"]
    assert names(order="nonsense") == ["High", "New", "Old"]


def test_the_newest_are_those_who_joined_last():
    listed("Second", joined_at=NOON - 2 * A_DAY)
    listed("First", joined_at=NOON - A_DAY)
    listed("Third", "certified", joined_at=NOON - 3 * A_DAY)

    assert names(order="newest") == ["First", "Second", "Third"]


def test_closeness_puts_those_first_with_whom_one_has_worked():
    """KN1"""
    often, once, lately = listed("Often"), listed("Once"), listed("Lately")
    listed("Stranger", "certified")
    hana = make.hana()
    for at in (NOON, NOON + A_DAY):
        finished(often, client=hana, at=at)
    finished(once, client=hana)
    finished(lately, client=hana, at=NOON + A_DAY)

    assert names(hana, order="closeness") == ["Often", "Lately", "Once", "Stranger"]


def test_a_category_is_theirs_who_earned_in_it_or_show_work_of_it():
    earned, shown, offers, closed = (listed(name) for name in ("Earned", "Shown", "Offers", "Shut"))
    finished(earned, client=make.hana())
    earnings.refresh(None, since=NOON - 365 * A_DAY, at=NOON)
    parts.piece(shown)
    parts.package(offers)
    packages.close(parts.package(closed).pk, by=closed, at=NOON)

    assert names(category="c01") == ["Earned"]
    assert sorted(names(category="c04")) == ["Offers", "Shown"]
    assert names(category="c99") == []


def test_a_skill_is_looked_up_in_the_profile():
    listed("Writer", skills=["sk001", "sk002"])
    listed("Other", skills=["sk004"])

    assert names(skill="sk002") == ["Writer"]


def test_at_least_a_rank():
    for rank in ("regular", "bronze", "silver"):
        listed(rank.title(), rank)

    assert names(rank="bronze") == ["Silver", "Bronze"]


@pytest.mark.parametrize(
    "words",
    ["ann", "ＡＮＮ", "seo", "ライティング", "ann SEO", "column ann"],
)
def test_words_are_found_in_names_and_in_skills_of_either_language(words):
    listed("Anna", skills=["sk001", "sk002"])
    listed("Bob", skills=["sk150"])

    assert names(words=words) == ["Anna"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "ann%", "'"])
def test_signs_of_patterns_are_signs(words):
    listed("Anna")

    assert names(words=words) == []


@pytest.mark.parametrize("order", ORDERS)
def test_pages_come_without_gap_or_repetition_and_cost_one_query(order):
    people = [listed(f"W{n}", ("regular", "bronze")[n % 2]) for n in range(SIZE + 3)]
    hana = make.hana()
    finished(people[4], client=hana)

    first = found(Wanted(order=order), viewer=hana)
    with CaptureQueriesContext(connection) as asked:
        second = found(Wanted(order=order), viewer=hana, after=first.after)

    assert len(asked) == 1
    assert (len(first.lines), len(second.lines), second.after) == (SIZE, 3, "")
    assert {line.id for line in first.lines + second.lines} == {one.pk for one in people}


@pytest.mark.parametrize("after", ["x", "1-2", "1-2-3-4", "a-b-c", "9" * 18 + "-1-1"])
def test_what_is_no_key_is_the_beginning(after):
    listed("Ann")

    assert len(found(Wanted(), viewer=make.hana(), after=after).lines) == 1
