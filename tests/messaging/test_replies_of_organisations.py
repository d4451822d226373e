"""ME3, PE3: a leave cuts nothing out of a reply time while somebody stands in for the owner."""

from datetime import timedelta

import pytest

from enishi.accounts import commands as accounts
from enishi.kit.days import day_of
from enishi.messaging import commands as messaging
from enishi.messaging.replies import replies
from enishi.organisations import commands
from tests import make
from tests.make import NOON
from tests.organisations import team

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def acme():
    return team.acme()


def asked_on_leave(acme, *, for_days=3):
    """The owner goes away for some days; a worker asks at once, and is answered on the last."""
    accounts.declare_leave(
        by=acme, at=NOON, starts_on=day_of(NOON), ends_on=day_of(NOON + for_days * DAY)
    )
    worker = make.ren()
    thread = messaging.open_thread([acme, worker], at=NOON)
    messaging.post(thread.pk, by=worker, at=NOON, body="A question")
    messaging.post(thread.pk, by=acme, at=NOON + 2 * DAY, body="An answer")


def took(acme):
    return replies([acme.pk], at=NOON + 5 * DAY)[acme.pk].median


def test_without_a_stand_in_a_leave_is_cut_out(acme):
    asked_on_leave(acme)

    assert took(acme) == timedelta(0)


def test_with_a_stand_in_the_clock_runs_on(acme):
    team.stand_in(acme, at=NOON - DAY)
    asked_on_leave(acme)

    assert took(acme) == 2 * DAY


def test_only_the_time_in_which_somebody_stood_in_counts(acme):
    found = team.stand_in(acme, at=NOON - DAY)
    asked_on_leave(acme)
    commands.remove(found.pk, by=acme, at=NOON + DAY)

    assert took(acme) == DAY


def test_naming_a_stand_in_later_does_not_change_what_was(acme):
    asked_on_leave(acme)
    team.stand_in(acme, at=NOON + 4 * DAY)

    assert took(acme) == timedelta(0)


def test_a_member_who_answers_ends_the_wait_of_the_organisation(acme):
    found = team.member(acme)
    worker = make.ren()
    thread = messaging.open_thread([acme, worker], at=NOON)
    messaging.post(thread.pk, by=worker, at=NOON, body="A question")

    messaging.post(thread.pk, by=team.acting(found), at=NOON + timedelta(hours=1), body="Yes")

    assert took(acme) == timedelta(hours=1)
