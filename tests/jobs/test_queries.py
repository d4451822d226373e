"""The list of open posts: what narrows it, its orders, its pages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings

from enishi.accounts import commands as accounts
from enishi.jobs import queries
from enishi.jobs.queries import Wanted
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
SIZE = settings.RULES.page_size


def titles(wanted: Wanted = Wanted(), after: str = "") -> list[str]:
    return [line.title for line in queries.found(wanted, at=NOON, after=after).lines]


def test_only_open_posts_of_active_clients_are_listed():
    make.job(title="Open")
    make.job("draft", title="Draft")
    make.job("closed", title="Closed")
    gone = make.account("Gone", "client")
    make.job(client=gone, title="Of someone suspended")
    accounts.suspend(gone.pk, by=make.mio(), at=NOON, reason="A test.")

    assert titles() == ["Open"]
    assert queries.count(Wanted(), at=NOON) == 1


def test_every_word_must_be_found_in_title_or_description():
    make.job(title="A logo for a bakery", description="Warm and simple.")
    make.job(title="A logo for a bank", description="Sober.")

    assert titles(Wanted(words="ＬＯＧＯ　warm")) == ["A logo for a bakery"]
    assert titles(Wanted(words="logo 100%")) == []


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (Wanted(category="c01"), ["Article"]),
        (Wanted(subcategory="c03-s1"), ["Logo"]),
        (Wanted(price_from=20_001), ["Logo"]),
        (Wanted(price_to=20_000), ["Article"]),
        (Wanted(price_from=20_000, price_to=30_000), ["Logo", "Article"]),
        (Wanted(due_within_days=7), ["Logo"]),
        (Wanted(due_within_days=60), ["Logo", "Article"]),
    ],
)
def test_conditions_narrow_the_list(narrowed, found):
    make.job(title="Article", budget_min=10_000, budget_max=20_000)
    near = {"subcategory": "c03-s1", "apply_by": date(2026, 4, 5)}
    make.job(title="Logo", budget_min=30_000, budget_max=30_000, **near)

    assert titles(narrowed) == found
    assert queries.count(narrowed, at=NOON) == len(found)


@pytest.mark.parametrize("sort", ["newest", "deadline", "price"])
def test_pages_follow_each_other_without_gap_or_repetition(sort):
    """Several posts share their time, deadline and price; the keyset tells them apart."""
    for number in range(SIZE * 2 + 1):
        make.job(
            title=str(number),
            at=NOON + timedelta(minutes=number // 3),
            apply_by=date(2026, 4, 10 + number % 4),
            budget_min=0,
            budget_max=1000 + number % 5,
        )
    wanted = Wanted(sort=sort)

    pages, after = [], ""
    for _ in range(3):
        page = queries.found(wanted, at=NOON, after=after)
        pages.append(page.lines)
        after = page.after

    lines = [line for page in pages for line in page]
    assert [len(page) for page in pages] == [SIZE, SIZE, 1]
    assert after == ""
    assert len({line.id for line in lines}) == SIZE * 2 + 1
    keys = {
        "newest": [(line.opened_at, line.id) for line in reversed(lines)],
        "deadline": [(line.due_at, line.id) for line in lines],
        "price": [(line.budget_max, line.id) for line in reversed(lines)],
    }[sort]
    assert keys == sorted(keys)


@pytest.mark.parametrize("after", ["x", "1", "1-", "-1", "1-x", "9" * 30 + "-1", "²-1"])
def test_what_is_no_keyset_shows_the_first_page(after):
    make.job(title="One")

    assert titles(after=after) == ["One"]


def test_a_keyset_of_another_order_breaks_nothing():
    make.job()

    assert titles(replace(Wanted(), sort="newest"), after="99999999999999999-1") == [
        make.terms().title
    ]


def test_a_clients_own_posts_by_state():
    hana = make.hana()
    make.job("draft", title="Draft")
    make.job(title="Open")
    make.job("closed", title="Closed")
    make.job(client=make.account("Else", "client"), title="Not hers")

    page = queries.posts_of(hana, statuses=("open", "closed"))

    assert [line.title for line in page.lines] == ["Closed", "Open"]
    assert queries.posts_by_status(hana) == {"draft": 1, "open": 1, "closed": 1}
