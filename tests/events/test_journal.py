"""The journal: written with the act, told once, never changed."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from enishi.events import delivery
from enishi.events.journal import record
from enishi.events.models import Delivery, Event
from enishi.notifications.models import Notice
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
TELL = "enishi.notifications.commands.tell"
RANK = "enishi.ranks.commands.follow"


def suspended(person):
    return record("account.suspended", person, by=None, at=NOON, people=[person], reason="Why")


def test_an_event_says_what_when_about_whom():
    ren = make.ren()

    event = record("account.closed", ren, by=ren, at=NOON, people=[ren, ren.pk], note="x")

    assert (event.subject_kind, event.subject_id) == ("account", str(ren.pk))
    assert (event.by_id, event.at, event.people) == (ren.pk, NOON, [ren.pk])
    assert event.facts == {"note": "x"}


@pytest.mark.parametrize("statement", ["update", "delete"])
def test_an_event_is_never_changed(statement):
    """Two locks: the app role has no right, and a trigger refuses whoever has."""
    event = suspended(make.ren())
    sql = {
        "update": "update events_event set name = 'x' where id = %s",
        "delete": "delete from events_event where id = %s",
    }

    with (
        pytest.raises((IntegrityError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql[statement], [event.pk])


def test_whoever_wants_to_hear_later_is_woken_by_a_job():
    before = ProcrastinateJob.objects.count()

    event = suspended(make.ren())

    jobs = ProcrastinateJob.objects.order_by("id")[before:]
    assert [job.args for job in jobs] == [
        {"event_id": event.pk, "subscriber": subscriber} for subscriber in (TELL, RANK)
    ]


def test_a_job_of_an_act_that_was_undone_does_not_exist():
    ren, before = make.ren(), ProcrastinateJob.objects.count()

    with transaction.atomic():
        suspended(ren)
        transaction.set_rollback(True)

    assert ProcrastinateJob.objects.count() == before
    assert not Event.objects.exists()


def test_a_subscriber_is_woken_exactly_once_however_often_its_job_runs():
    """T4"""
    event = suspended(make.ren())

    woken = [delivery.deliver_to(event, TELL) for _ in range(3)]

    assert woken == [True, False, False]
    assert Notice.objects.filter(event=event).count() == 1


def test_a_subscriber_that_fails_is_not_marked_as_woken():
    event = suspended(make.ren())

    with pytest.raises(ImportError), transaction.atomic():
        delivery.deliver_to(event, "enishi.nobody.here")

    assert not Delivery.objects.exists()


def test_in_a_simulation_subscribers_run_with_the_act():
    with delivery.in_process():
        event = suspended(make.ren())

    assert Notice.objects.filter(event=event).count() == 1
    assert set(Delivery.objects.values_list("subscriber", flat=True)) == {TELL, RANK}
