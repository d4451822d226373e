"""RE1, RE2, CL17: both sides rate blind, once, and the rated person answers once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.contracts.models import Contract
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.reviews import commands
from enishi.reviews.models import Review
from tests.reviews import hires
from tests.reviews.hires import CLOSES, ENDED, SCORES

pytestmark = pytest.mark.django_db
SOON = ENDED + timedelta(hours=1)
LATER = ENDED + timedelta(days=2)


@pytest.fixture
def hana():
    return hires.account("hana", role="client")


@pytest.fixture
def ren():
    return hires.account("ren")


@pytest.fixture
def contract(hana, ren):
    return hires.contract(hana, ren)


def write(contract, by, at=SOON, **changes):
    said = {"scores": SCORES, "overall": 4, "comment": "助かりました。"} | changes
    return commands.write(contract.pk, by=by, at=at, **said)


def test_re2_what_one_side_wrote_stays_unseen(contract, hana, ren):
    review = write(contract, hana)

    assert (review.subject, review.side) == (ren, "worker")
    assert Review.objects.get().published_at is None
    told = Event.objects.get(name="review.written")
    assert (told.subject_kind, told.subject_id) == ("contract", str(contract.pk))
    assert told.people == [ren.pk]


def test_re2_both_reviews_appear_when_both_have_written(contract, hana, ren):
    write(contract, hana)
    write(contract, ren, at=LATER)

    assert set(Review.objects.values_list("side", "published_at")) == {
        ("worker", LATER),
        ("client", LATER),
    }
    assert Event.objects.get(name="review.published").people == sorted([hana.pk, ren.pk])


def test_re2_a_one_sided_review_appears_when_the_window_closes(contract, hana, ren):
    review = write(contract, hana)
    closed = record("contract.reviews_closed", contract, by=None, at=CLOSES)

    commands.publish_remaining(closed)

    review.refresh_from_db()
    assert review.published_at == CLOSES
    with pytest.raises(Refused, match=r"review\.window_closed"):
        write(contract, ren, at=CLOSES)


def test_closing_the_window_twice_publishes_once(contract, hana):
    write(contract, hana)
    closed = record("contract.reviews_closed", contract, by=None, at=CLOSES)

    commands.publish_remaining(closed)
    commands.publish_remaining(closed)

    assert Event.objects.filter(name="review.published").count() == 1


def test_cl17_the_last_instant_of_the_window_still_counts(contract, hana):
    last = CLOSES - timedelta(microseconds=1)

    assert write(contract, hana, at=last).written_at == last


def test_cl17_in_the_instant_of_its_end_the_window_is_closed(contract, hana):
    with pytest.raises(Refused) as refusal:
        write(contract, hana, at=CLOSES)

    assert refusal.value.code == "review.window_closed"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("offered", "review.not_finished"),
        ("active", "review.not_finished"),
        ("ended", "review.ended_early"),
    ],
)
def test_re1_only_a_finished_contract_is_rated(hana, ren, status, code):
    contract = hires.contract(hana, ren, status)

    with pytest.raises(Refused, match=code):
        write(contract, hana)


def test_a_stranger_finds_no_contract_to_rate(contract):
    with pytest.raises(Contract.DoesNotExist):
        write(contract, hires.account("sora"))


def test_re2_a_review_is_written_once(contract, hana):
    write(contract, hana)

    with pytest.raises(Refused, match=r"review\.written_already"):
        write(contract, hana)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"overall": 6}, "review.not_complete"),
        ({"scores": {"skill": 5}}, "review.not_complete"),
        ({"comment": " \n　"}, "review.comment_missing"),
    ],
)
def test_re1_a_review_is_whole_or_not_there(contract, hana, changes, code):
    with pytest.raises(Refused, match=code):
        write(contract, hana, **changes)


@pytest.fixture
def published(contract, hana, ren):
    write(contract, ren)
    return write(contract, hana, at=LATER)


def test_re2_the_rated_person_replies_once(published, ren):
    commands.reply(published.pk, by=ren, at=LATER, text="ありがとうございました。")

    published.refresh_from_db()
    assert (published.reply, published.replied_at) == ("ありがとうございました。", LATER)
    with pytest.raises(Refused, match=r"review\.replied_already"):
        commands.reply(published.pk, by=ren, at=LATER, text="もう一度")


def test_re2_only_the_rated_person_replies(published, hana):
    with pytest.raises(Review.DoesNotExist):
        commands.reply(published.pk, by=hana, at=LATER, text="自分で返信")


def test_re2_a_reply_waits_for_publication(contract, hana, ren):
    review = write(contract, hana)

    with pytest.raises(Refused, match=r"review\.not_published"):
        commands.reply(review.pk, by=ren, at=SOON, text="早い返信")


def test_re2_28_days_later_there_is_no_reply(published, ren):
    with pytest.raises(Refused, match=r"review\.reply_too_late"):
        commands.reply(published.pk, by=ren, at=LATER + timedelta(days=30), text="遅い返信")


@pytest.mark.parametrize(
    "change",
    [
        {"comment": "書き換え"},
        {"overall": 1},
        {"skill": 1},
        {"published_at": None},
        {"published_at": CLOSES},
        {"private_note": "x"},
    ],
)
def test_re2_the_database_lets_nobody_change_a_review(published, change):
    with pytest.raises(IntegrityError, match="review"), transaction.atomic():
        Review.objects.filter(pk=published.pk).update(**change)


def test_the_database_lets_nobody_delete_a_review(published):
    with pytest.raises(IntegrityError, match="review"), transaction.atomic():
        published.delete()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"overall": 0}, "review_scores_from_1_to_5"),
        ({"communication": 6}, "review_scores_from_1_to_5"),
        ({"side": "office"}, "review_side_known"),
        ({"reply": "x", "replied_at": SOON}, "review_reply_follows_publication"),
        ({"reply": "x", "published_at": CLOSES}, "review_reply_follows_publication"),
        ({"published_at": ENDED - timedelta(days=1)}, "review_published_after_it_was_written"),
    ],
)
def test_the_database_knows_what_a_review_is(contract, hana, ren, change, rule):
    whole = {
        "contract": contract,
        "author": hana,
        "subject": ren,
        "side": "worker",
        "overall": 5,
        "comment": "x",
        "written_at": SOON,
        **SCORES,
    }

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Review.objects.create(**whole | change)
