"""ME3: one wait for a run of messages, how it ends, and what is measured of it. RA8: leave."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.accounts import commands as accounts
from enishi.contracts.commands import delivering, offering
from enishi.kit.days import day_of, end_of_day
from enishi.kit.errors import Refused
from enishi.messaging import commands
from enishi.messaging.models import Thread, Wait
from enishi.messaging.replies import Replies, replies
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def hana():
    return make.account("Hana", "client")


@pytest.fixture
def ren():
    return make.account("Ren")


@pytest.fixture
def thread(hana, ren):
    return commands.open_thread([hana, ren], at=NOON)


def say(thread, by, at, **options):
    return commands.post(thread.pk, by=by, at=at, body="Hello", **options)


def of(person, at):
    return replies([person.pk], at=at).get(person.pk)


def asked(thread, hana, ren, *, at, after):
    say(thread, hana, at)
    say(thread, ren, at + after, needs_no_reply=True)


def test_a_run_of_messages_opens_one_wait_at_its_first(thread, hana, ren):
    say(thread, hana, NOON)
    say(thread, hana, NOON + HOUR)
    say(thread, ren, NOON + 3 * HOUR)

    first, second = Wait.objects.order_by("pk")
    assert (first.answerer, first.opened_at, first.closed_at) == (ren, NOON, NOON + 3 * HOUR)
    assert (second.answerer, second.closed_at) == (hana, None)
    assert of(ren, NOON + DAY) == Replies(count=1, within=1, median=3 * HOUR)


def test_who_writes_that_no_reply_is_needed_opens_no_wait_and_ends_their_own(thread, hana, ren):
    say(thread, hana, NOON)
    say(thread, ren, NOON + HOUR, needs_no_reply=True)

    assert list(Wait.objects.values_list("answerer", "closed_by")) == [(ren.pk, "message")]


def test_a_later_message_without_the_tick_opens_the_wait(thread, hana, ren):
    say(thread, hana, NOON, needs_no_reply=True)
    say(thread, hana, NOON + HOUR)

    assert Wait.objects.get().opened_at == NOON + HOUR


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (24 * HOUR, Replies(1, 1, 24 * HOUR)),
        (24 * HOUR + timedelta(seconds=1), Replies(1, 0, 24 * HOUR + timedelta(seconds=1))),
    ],
)
def test_twenty_four_hours_are_exact(thread, hana, ren, after, expected):
    asked(thread, hana, ren, at=NOON, after=after)

    assert of(ren, NOON + 3 * DAY) == expected


def test_an_open_wait_counts_only_when_it_is_older_than_a_day(thread, hana, ren):
    say(thread, hana, NOON)

    assert of(ren, NOON + 24 * HOUR) is None
    assert of(ren, NOON + 24 * HOUR + timedelta(seconds=1)) == Replies(1, 0, None)


def test_the_median_is_between_the_two_in_the_middle(thread, hana, ren):
    for day, hours in enumerate((1, 2, 4, 30)):
        asked(thread, hana, ren, at=NOON + 2 * day * DAY, after=hours * HOUR)

    assert of(ren, NOON + 10 * DAY) == Replies(count=4, within=3, median=3 * HOUR)


@pytest.mark.parametrize("unanswered", [1, 2, 3])
def test_where_half_or_more_stays_unanswered_there_is_no_median(thread, hana, ren, unanswered):
    asked(thread, hana, ren, at=NOON, after=HOUR)
    for _ in range(unanswered):
        other = commands.open_thread([hana, ren], at=NOON)
        say(other, hana, NOON)

    assert of(ren, NOON + 2 * DAY) == Replies(count=1 + unanswered, within=1, median=None)


def test_ninety_days_are_measured(thread, hana, ren):
    asked(thread, hana, ren, at=NOON, after=HOUR)

    last = end_of_day(day_of(NOON) + 90 * DAY)
    assert of(ren, last - timedelta(seconds=1)) == Replies(1, 1, HOUR)
    assert of(ren, last) is None


def test_what_was_answered_later_was_open_then(thread, hana, ren):
    asked(thread, hana, ren, at=NOON, after=50 * HOUR)

    assert of(ren, NOON + 30 * HOUR) == Replies(1, 0, None)


def test_the_receiver_can_say_within_a_day_that_no_reply_is_needed(thread, hana, ren):
    say(thread, hana, NOON)

    commands.need_no_reply(thread.pk, by=ren, at=NOON + 23 * HOUR)

    assert of(ren, NOON + 9 * DAY) is None
    with pytest.raises(Refused, match="wait.nothing_waits"):
        commands.need_no_reply(thread.pk, by=ren, at=NOON + 23 * HOUR)


def test_after_a_day_it_is_too_late_to_say_so(thread, hana, ren):
    say(thread, hana, NOON)

    with pytest.raises(Refused, match="wait.too_old"):
        commands.need_no_reply(thread.pk, by=ren, at=NOON + 24 * HOUR)


def test_a_stranger_and_the_asker_cannot_end_a_wait(thread, hana):
    say(thread, hana, NOON)

    with pytest.raises(Thread.DoesNotExist):
        commands.need_no_reply(thread.pk, by=make.sora(), at=NOON)
    with pytest.raises(Refused, match="wait.nothing_waits"):
        commands.need_no_reply(thread.pk, by=hana, at=NOON)


def test_a_verb_on_the_deal_is_an_answer():
    contract = make.contract("active")
    say(contract.thread, contract.client, NOON)

    make.deliver(make.milestone(contract), at=NOON + 5 * HOUR)

    assert Wait.objects.get(answerer=contract.worker).closed_by == "verb"
    assert of(contract.worker, NOON + 9 * HOUR) == Replies(1, 1, 5 * HOUR)


def test_declining_an_offer_is_an_answer_and_its_thread_goes_on():
    contract = make.contract("offered")
    say(contract.thread, contract.client, NOON)

    offering.decline(contract.pk, by=contract.worker, at=NOON + HOUR)
    say(contract.thread, contract.client, NOON + 2 * HOUR)

    ends = Wait.objects.filter(answerer=contract.worker).order_by("pk")
    assert list(ends.values_list("closed_by", flat=True)) == ["verb", ""]


def test_after_the_end_of_a_contract_nobody_waits():
    contract = make.contract("delivered")
    say(contract.thread, contract.worker, NOON)
    milestone = contract.milestones.get()

    delivering.accept(milestone.pk, by=contract.client, at=NOON + HOUR)
    say(contract.thread, contract.client, NOON + 2 * HOUR)

    assert list(Wait.objects.values_list("answerer", "closed_by")) == [(contract.client_id, "verb")]


def test_what_was_asked_just_before_the_end_is_not_counted_and_what_was_old_is():
    contract = make.contract("delivered")
    say(contract.thread, contract.client, NOON)

    delivering.accept(contract.milestones.get().pk, by=contract.client, at=NOON + HOUR)

    assert of(contract.worker, NOON + 9 * DAY) is None

    old = make.contract("delivered", title="Another")
    say(old.thread, old.client, NOON)
    delivering.accept(old.milestones.get().pk, by=old.client, at=NOON + 3 * DAY)

    assert of(old.worker, NOON + 9 * DAY) == Replies(1, 0, None)


def test_days_of_leave_are_cut_out(thread, hana, ren):
    # NOON is the first of April; leave on the second and third.
    accounts.declare_leave(by=ren, at=NOON, starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 3))
    asked(thread, hana, ren, at=NOON, after=3 * DAY)

    assert of(ren, NOON + 9 * DAY) == Replies(count=1, within=1, median=DAY)
    assert of(hana, NOON + 9 * DAY) is None


def test_a_leave_counts_from_the_moment_it_was_declared(thread, hana, ren):
    say(thread, hana, NOON)
    accounts.declare_leave(
        by=ren, at=NOON + 6 * HOUR, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 1)
    )
    say(thread, ren, NOON + DAY, needs_no_reply=True)

    assert of(ren, NOON + 9 * DAY) == Replies(count=1, within=1, median=timedelta(hours=18))


def test_two_requests_that_cross_leave_no_wait_that_ends_before_it_began(thread, hana, ren):
    say(thread, hana, NOON)
    say(thread, ren, NOON - timedelta(seconds=1))

    wait = Wait.objects.get(answerer=ren)
    assert (wait.closed_by, wait.closed_at) == ("message", NOON)


def test_the_database_keeps_one_open_wait_for_each_side(thread, hana, ren):
    said = say(thread, hana, NOON)
    twin = {"thread": thread, "message": said, "asker": hana, "answerer": ren, "opened_at": NOON}

    with pytest.raises(IntegrityError, match="wait_one_open_per_side"), transaction.atomic():
        Wait.objects.create(**twin)
    with pytest.raises(IntegrityError, match="wait_closed_says_how"), transaction.atomic():
        Wait.objects.create(**twin, closed_at=NOON)
    with pytest.raises(IntegrityError, match="wait_is_for_the_other"), transaction.atomic():
        Wait.objects.create(**(twin | {"answerer": hana}))
