"""A person's reviews, sifted: each page of the list keeps the filter and costs the same."""

from datetime import timedelta

import pytest

from enishi.reviews import commands, listing, queries, ruling, spoken, themes
from enishi.reviews.models import Spoken
from enishi.reviews.sieve import Sieve
from tests import make
from tests.reviews import hires
from tests.reviews.hires import ENDED, SCORES

pytestmark = pytest.mark.django_db
SOON = ENDED + timedelta(hours=1)
CALM = "無事に終わりました。"


@pytest.fixture
def hana():
    return hires.account("hana", role="client")


@pytest.fixture
def ren():
    return hires.account("ren")


def rated(client, worker, overall=5, comment=CALM, hours=0, **scores):
    contract = hires.contract(client, worker)
    at = SOON + timedelta(hours=hours)
    for by in (worker, client):
        said = {"scores": SCORES | scores, "overall": overall, "comment": comment}
        review = commands.write(contract.pk, by=by, at=at, **said)
    return review


def asked(person, **words):
    words = {"stars": "", "low": "", "theme": "", "tone": ""} | words
    return listing.asked(person.pk, "worker", **words)


def found(person, sieve, **page):
    shown = queries.recent(person.pk, "worker", size=page.pop("size", 20), sieve=sieve, **page)
    return [line.id for line in shown.lines]


def test_by_stars_and_by_an_item_rated_low(hana, ren):
    good = rated(hana, ren, 5, communication=4)
    poor = rated(hana, ren, 2, communication=3)

    assert found(ren, asked(ren, stars="2")) == [poor.pk]
    assert found(ren, asked(ren, low="communication")) == [poor.pk]
    assert set(found(ren, asked(ren))) == {good.pk, poor.pk}


def test_a_theme_leads_to_the_very_comments(hana, ren):
    praised = [rated(hana, ren, comment="返信が早い方でした。") for _ in range(2)]
    blamed = rated(hana, ren, comment="返信が遅かったです。")
    rated(hana, ren)

    (tally,) = listing.themes_of(ren.pk, "worker")
    assert set(tally.good) == {one.pk for one in praised}
    for tone, ids in (("good", tally.good), ("bad", tally.bad)):
        assert set(found(ren, asked(ren, theme="replies", tone=tone))) == set(ids)
    assert set(found(ren, asked(ren, theme="replies"))) == {*tally.good, blamed.pk}


def test_what_a_comment_speaks_of_is_kept_and_heard_anew_by_another_lexicon(hana, ren):
    """SA5: what stands beside a review counts as long as it was heard by the lexicon of today."""
    praised = [rated(hana, ren, comment="返信が早い方でした。") for _ in range(3)]
    kept = Spoken.objects.get(review=praised[0])
    assert (kept.lexicon, kept.themes) == (themes.LEXICON, ["replies:good"])

    Spoken.objects.update(lexicon="earlier", themes=["dates:bad"])
    assert [one.theme for one in listing.themes_of(ren.pk, "worker")] == ["replies"]

    Spoken.objects.all().delete()
    spoken.catch_up([ren.pk])
    assert Spoken.objects.filter(lexicon=themes.LEXICON, themes=["replies:good"]).count() == 3
    Spoken.objects.update(themes=["dates:bad"])
    assert [one.theme for one in listing.themes_of(ren.pk, "worker")] == ["dates"]


@pytest.mark.parametrize(
    "words",
    [{"stars": "9"}, {"stars": "x"}, {"low": "overall"}, {"theme": "drop table"}, {"tone": "good"}],
)
def test_what_is_no_filter_is_left_out(ren, words):
    assert asked(ren, **words) == Sieve()


def test_the_next_page_keeps_the_filter(hana, ren):
    wanted = [rated(hana, ren, 4, hours=number) for number in range(3)]
    rated(hana, ren, 1, hours=9)
    sieve = asked(ren, stars="4")

    first = queries.recent(ren.pk, "worker", size=2, sieve=sieve)
    rest = found(ren, sieve, size=2, before=first.older)

    assert [line.id for line in first.lines] + rest == [one.pk for one in reversed(wanted)]


def test_a_review_taken_out_answers_to_no_filter(hana, ren):
    review = rated(hana, ren, 1)
    words = {"by": make.mio(), "at": SOON, "reason": "A threat"}
    ruling.rule(review.pk, effect="out", **words)

    assert found(ren, asked(ren, stars="1")) == []
    assert found(ren, asked(ren)) == [review.pk]


@pytest.mark.parametrize("people", [1, 12])
def test_a_list_costs_the_same_with_one_review_and_with_many(
    hana, ren, django_assert_num_queries, people
):
    for _ in range(people):
        rated(hana, ren, 4, comment="返信が早い方でした。")

    with django_assert_num_queries(3):
        sieve = asked(ren, stars="4", theme="replies")
        queries.recent(ren.pk, "worker", size=20, sieve=sieve)
        listing.themes_of(ren.pk, "worker")
