"""What the office decides is shown of a review, which stays as it was written."""

from datetime import timedelta

import pytest

from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.reviews import commands, listing, queries, ruling
from enishi.reviews.models import Review, Ruling
from tests import make
from tests.reviews import hires
from tests.reviews.hires import ENDED, SCORES

pytestmark = pytest.mark.django_db
SOON = ENDED + timedelta(hours=1)
LATER = ENDED + timedelta(days=2)


@pytest.fixture
def hana():
    return hires.account("hana", role="client")


@pytest.fixture
def ren():
    return hires.account("ren")


def rated(client, worker, overall=5, comment="対応が丁寧でした。"):
    contract = hires.contract(client, worker)
    for by in (worker, client):
        said = {"scores": SCORES, "overall": overall, "comment": comment}
        review = commands.write(contract.pk, by=by, at=SOON, **said)
    return review


def rule(review, effect, by=None, reason="The record shows a threat."):
    by = by or make.mio()
    return ruling.rule(review.pk, by=by, at=LATER, effect=effect, reason=reason)


def line_of(worker):
    return queries.recent(worker.pk, "worker", size=5).lines[0]


def test_a_review_taken_out_is_in_no_mean_and_the_page_says_so(hana, ren):
    rated(hana, ren, 5)
    bad = rated(hana, ren, 1)

    rule(bad, "out")

    summary = queries.summary(ren.pk, "worker")
    assert (summary.count, summary.distribution[1]) == (1, 0)
    shown = next(
        line for line in queries.recent(ren.pk, "worker", size=5).lines if line.id == bad.pk
    )
    assert (shown.standing, shown.ruled_at, shown.comment, shown.reply) == ("out", LATER, "", "")


def test_a_hidden_comment_leaves_the_rating(hana, ren):
    review = rated(hana, ren, 2)

    rule(review, "hidden")

    assert queries.summary(ren.pk, "worker").count == 1
    assert (line_of(ren).standing, line_of(ren).comment) == ("hidden", "")


def test_the_two_people_still_read_the_words(hana, ren):
    review = rated(hana, ren)
    rule(review, "out")

    state = queries.of_contract(review.contract_id, viewer=ren, at=LATER)

    assert state.theirs.comment == "対応が丁寧でした。"
    assert state.theirs.standing == "out"


def test_the_last_ruling_counts(hana, ren):
    review = rated(hana, ren)
    rule(review, "out")
    rule(review, "restored")

    assert queries.summary(ren.pk, "worker").count == 1
    assert line_of(ren).standing == ""
    assert list(Ruling.objects.values_list("number", "effect")) == [(1, "out"), (2, "restored")]


def test_a_review_that_is_not_shown_speaks_of_no_theme(hana, ren):
    reviews = [rated(hana, ren) for _ in range(3)]
    assert [one.theme for one in listing.themes_of(ren.pk, "worker")] == ["care"]

    rule(reviews[0], "hidden")

    assert listing.themes_of(ren.pk, "worker") == []


def test_both_are_told_the_reason(hana, ren):
    review = rated(hana, ren)

    rule(review, "hidden")

    told = Event.objects.get(name="review.ruled")
    assert told.people == sorted([hana.pk, ren.pk])
    assert (told.facts["rule"], told.facts["reason"]) == ("hidden", "The record shows a threat.")


def test_the_review_itself_is_not_changed(hana, ren):
    review = rated(hana, ren)
    before = Review.objects.filter(pk=review.pk).values().get()

    rule(review, "out")

    assert Review.objects.filter(pk=review.pk).values().get() == before


def test_nobody_decides_about_a_review_of_their_own(hana):
    judge = make.account("Mio", office_grade="operator")
    review = rated(hana, judge)

    with pytest.raises(Refused, match=r"ruling\.own_review"):
        rule(review, "out", by=judge)


@pytest.mark.parametrize("grade", ["", "reader", "treasurer"])
def test_only_operators_decide(hana, ren, grade):
    review = rated(hana, ren)
    other = make.account("Other", office_grade=grade)

    with pytest.raises(Refused, match=r"ruling\.not_operator"):
        rule(review, "out", by=other)


def test_there_is_a_reason_and_a_change(hana, ren):
    review = rated(hana, ren)

    with pytest.raises(Refused, match=r"ruling\.reason_missing"):
        rule(review, "out", reason="  ")
    with pytest.raises(Refused, match=r"ruling\.stands_so"):
        rule(review, "restored")


def test_what_has_not_appeared_is_not_decided_about(hana, ren):
    contract = hires.contract(hana, ren)
    said = {"scores": SCORES, "overall": 1, "comment": "早い"}
    review = commands.write(contract.pk, by=hana, at=SOON, **said)

    with pytest.raises(Refused, match=r"review\.not_published"):
        rule(review, "out")
