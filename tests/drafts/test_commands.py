"""Drafts: kept with the account while one writes, gone when they are sent, thrown away or old."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.accounts import commands as accounts
from enishi.drafts import commands, policy
from enishi.drafts.models import Draft
from enishi.kit.errors import Refused
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
PLACE = "proposal-7"


def keep(by, text, *, place=PLACE, at=NOON, **more):
    return commands.keep(place, by=by, at=at, boxes={"message": [text]}, **more)


def test_what_is_written_is_kept_and_grows():
    ren = make.ren()

    first = keep(ren, "I would")
    second = keep(ren, "I would like to", seen=first.version)

    assert [(one.place, one.boxes, one.version) for one in Draft.objects.all()] == [
        (PLACE, {"message": ["I would like to"]}, 2)
    ]
    assert (first.version, second.version) == (1, 2)


def test_what_another_window_wrote_is_never_overwritten_unseen():
    ren = make.ren()
    keep(ren, "here")
    keep(ren, "on the phone", seen=1)

    with pytest.raises(Refused) as refused:
        keep(ren, "here again", seen=1)

    assert refused.value.code == "draft.written_elsewhere"
    assert Draft.objects.get().boxes == {"message": ["on the phone"]}


def test_the_same_words_from_two_windows_are_no_conflict():
    ren = make.ren()
    keep(ren, "one")
    keep(ren, "two", seen=1)

    assert keep(ren, "two", seen=1).version == 2


def test_sending_takes_the_draft_along_but_not_what_was_written_since():
    ren = make.ren()
    keep(ren, "one")
    keep(ren, "two", seen=1)

    commands.sent(PLACE, by=ren, seen=1)
    assert Draft.objects.count() == 1

    commands.sent(PLACE, by=ren, seen=2)
    assert Draft.objects.count() == 0


def test_nobody_discards_the_draft_of_another():
    draft = keep(make.ren(), "mine")

    with pytest.raises(Draft.DoesNotExist):
        commands.discard(draft.pk, by=make.sora())

    commands.discard(draft.pk, by=make.ren())
    assert not Draft.objects.exists()


def test_the_same_form_has_a_draft_for_each_account():
    keep(make.ren(), "of Ren")
    keep(make.sora(), "of Sora")

    assert Draft.objects.of(make.sora()).get().boxes == {"message": ["of Sora"]}


def test_after_thirty_days_a_draft_is_swept():
    keep(make.ren(), "old")
    keep(make.ren(), "young", place="thread-1", at=NOON + timedelta(days=1))

    swept = commands.sweep(at=NOON + timedelta(days=30, seconds=1))

    assert (swept, Draft.objects.get().place) == (1, "thread-1")


def test_who_leaves_leaves_no_unsent_words():
    keep(make.ren(), "unsent")
    keep(make.sora(), "stays")

    accounts.close(by=make.ren(), at=NOON, still_open=lambda _: [])

    assert [one.account_id for one in Draft.objects.all()] == [make.sora().pk]


def test_the_oldest_draft_gives_way():
    ren = make.ren()
    for number in range(policy.DRAFTS_MOST + 1):
        keep(ren, "words", place=f"thread-{number}", at=NOON + timedelta(minutes=number))

    assert Draft.objects.count() == policy.DRAFTS_MOST
    assert not Draft.objects.filter(place="thread-0").exists()


@pytest.mark.parametrize(
    ("place", "boxes", "code"),
    [
        ("bank-7", {"a": ["x"]}, "draft.place_unknown"),
        ("proposal-", {"a": ["x"]}, "draft.place_unknown"),
        ("proposal-7\n", {"a": ["x"]}, "draft.place_unknown"),
        ("proposal-７", {"a": ["x"]}, "draft.place_unknown"),
        (PLACE, {"a": ["x" * (policy.LETTERS_MOST + 1)]}, "draft.too_large"),
        (PLACE, {"a": [""] * (policy.BOXES_MOST + 1)}, "draft.too_large"),
    ],
)
def test_only_forms_of_words_have_drafts_and_only_small_ones(place, boxes, code):
    with pytest.raises(Refused) as refused:
        commands.keep(place, by=make.ren(), at=NOON, boxes=boxes)

    assert refused.value.code == code


def test_what_is_secret_is_not_kept():
    names = ("password1", "csrfmiddlewaretoken", "code", "number", "holder", "branch", "message")
    kept = policy.kept({name: ["x\0y"] for name in (*names, "", "a\0b", "n" * 61)})

    assert kept == {"message": ["xy"]}


def test_the_largest_draft_fits_in_its_row():
    letters = '"' * (policy.LETTERS_MOST - 10)

    assert keep(make.ren(), letters).version == 1


@pytest.mark.parametrize("place", ["bank-7", "proposal-7\n", "x"])
def test_the_database_knows_the_forms_too(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(account=make.ren(), place=place, boxes={}, written_at=NOON)
