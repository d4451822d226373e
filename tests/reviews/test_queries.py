"""What may be read of reviews, and by whom."""

from datetime import timedelta
from fractions import Fraction

import pytest

from enishi.contracts.models import Contract
from enishi.reviews import commands, queries
from tests.reviews import hires
from tests.reviews.hires import CLOSES, ENDED, SCORES

pytestmark = pytest.mark.django_db
SOON = ENDED + timedelta(hours=1)


@pytest.fixture
def hana():
    return hires.account("hana", role="client")


@pytest.fixture
def ren():
    return hires.account("ren")


def rated(client, worker, overall=5, at=SOON, **fields):
    contract = hires.contract(client, worker, **fields)
    for by in (client, worker):
        said = {"scores": SCORES, "overall": overall, "comment": "よかったです。"}
        commands.write(contract.pk, by=by, at=at, private_note="内緒", **said)
    return contract


def test_a_summary_counts_and_keeps_the_distribution(hana, ren):
    for overall in (5, 5, 4, 2):
        rated(hana, ren, overall)

    summary = queries.summary(ren.pk, "worker")

    assert (summary.count, summary.mean, summary.weight) == (4, Fraction(4), "some")
    assert summary.distribution == {5: 2, 4: 1, 3: 0, 2: 1, 1: 0}
    assert summary.items["schedule"] == Fraction(3)
    assert summary.adjusted == Fraction(4)


def test_the_two_sides_of_a_person_are_told_apart(hana, ren):
    rated(hana, ren)

    assert queries.summary(ren.pk, "client").count == 0
    assert queries.summary(hana.pk, "client").count == 1


def test_nobody_rated_has_an_empty_summary(ren):
    summary = queries.summary(ren.pk, "worker")

    assert (summary.count, summary.mean, summary.weight, summary.items) == (0, None, "none", {})
    assert sum(summary.distribution.values()) == 0


@pytest.mark.parametrize("people", [1, 3])
def test_summaries_of_many_cost_one_query(hana, django_assert_num_queries, people):
    workers = [hires.account(f"worker{number}") for number in range(people)]
    for worker in workers:
        rated(hana, worker)

    with django_assert_num_queries(1):
        found = queries.summaries([worker.pk for worker in workers], "worker")

    assert len(found) == people


def test_recent_reviews_come_newest_first_a_page_at_a_time(hana, ren):
    for day in range(5):
        rated(hana, ren, at=SOON + timedelta(days=day))

    first = queries.recent(ren.pk, "worker", size=3)
    second = queries.recent(ren.pk, "worker", size=3, before=first.older)

    dates = [line.published_at for line in (*first.lines, *second.lines)]
    assert dates == sorted(dates, reverse=True)
    assert (len(first.lines), len(second.lines), second.older) == (3, 2, "")


@pytest.mark.parametrize("nonsense", ["x", "1-", "-1", "9" * 40 + "-1", "1-" + "9" * 40, "１-２"])
def test_a_page_key_that_is_none_shows_a_page(hana, ren, nonsense):
    rated(hana, ren)

    assert len(queries.recent(ren.pk, "worker", size=3, before=nonsense).lines) <= 1


def test_the_author_of_a_strictly_confidential_contract_stays_unnamed(hana, ren):
    contract = rated(hana, ren, confidentiality="strict")

    (line,) = queries.recent(ren.pk, "worker", size=3).lines
    assert (line.author_id, line.author_name) == (None, "")
    seen = queries.of_contract(contract.pk, viewer=ren, at=SOON)
    assert seen.theirs.author_name == "hana"


def test_re2_the_other_side_learns_that_there_is_a_review_but_not_what_it_says(hana, ren):
    contract = hires.contract(hana, ren)
    commands.write(contract.pk, by=hana, at=SOON, scores=SCORES, overall=1, comment="がっかり")

    seen = queries.of_contract(contract.pk, viewer=ren, at=SOON)

    assert (seen.theirs, seen.they_have_written, seen.can_write) == (None, True, True)
    assert queries.recent(ren.pk, "worker", size=3).lines == []


def test_after_the_window_nobody_can_write(hana, ren):
    contract = hires.contract(hana, ren)

    assert not queries.of_contract(contract.pk, viewer=ren, at=CLOSES).can_write


def test_a_stranger_sees_nothing_of_a_contracts_reviews(hana, ren):
    contract = rated(hana, ren)

    with pytest.raises(Contract.DoesNotExist):
        queries.of_contract(contract.pk, viewer=hires.account("sora"), at=SOON)


def test_contracts_to_review_are_listed_until_they_are_reviewed(hana, ren):
    waiting = hires.contract(hana, ren)
    rated(hana, ren)

    assert [row.contract_id for row in queries.to_write(ren.pk, at=SOON)] == [waiting.pk]
    assert queries.to_write(ren.pk, at=SOON)[0].other_name == "hana"
    assert queries.to_write(ren.pk, at=CLOSES) == []
