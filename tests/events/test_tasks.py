"""T1: what runs by itself runs as often as it says, whatever the minute. D2: no job fails for good
because the database was killed."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import InterfaceError, OperationalError
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job

from enishi.events import working

LONGEST = {
    "events.resume": 10,
    "events.sweep": 20,
    "payments.sweep": 20,
    "files.tidy": 300,
    "files.sweep": 86_400,
    "drafts.sweep": 86_400,
    "office.reconcile": 86_400,
    "office.remind_of_payouts": 86_400,
    "ranks.compute": 86_400,
    "trust.keep": 86_400,
    "verification.tidy": 3_600,
    "office.look_for_rings": 86_400,
}
MORNING = 1_775_001_600  # some full hour


def task(name):
    found = {task.task.name: task for task in app.periodic_registry.periodic_tasks.values()}
    return found[name]


@pytest.mark.parametrize(("name", "seconds"), LONGEST.items())
def test_never_longer_than_its_turn_passes_between_two_runs(name, seconds):
    cron, at, times = task(name).croniter, MORNING, []
    while at < MORNING + max(7_200, 3 * seconds):
        cron.set_current(at, force=True)
        at = cron.get_next(float)
        times.append(at)
    assert {later - earlier for earlier, later in pairwise(times)} == {seconds}


def test_everything_that_runs_by_itself_is_listed_here():
    assert {one.task.name for one in app.periodic_registry.periodic_tasks.values()} == set(LONGEST)


OURS = sorted(name for name in app.tasks if not name.startswith(("procrastinate.", "builtin:")))
SOON = sorted(name for name, seconds in LONGEST.items() if seconds <= 60)


def job(name, **kwargs):
    facts = {"id": 1, "queue": "default", "lock": None, "queueing_lock": None, "attempts": 30}
    return Job(**facts, task_name=name, task_kwargs=kwargs)


@pytest.mark.parametrize("name", [name for name in OURS if name not in SOON])
def test_a_job_that_fell_with_the_database_is_done_again(name):
    task = app.tasks[name]

    for gone in (OperationalError("gone"), InterfaceError("gone"), ConnectorException()):
        assert task.get_retry_exception(exception=gone, job=job(name)) is not None
    assert task.get_retry_exception(exception=ValueError("ours"), job=job(name)) is None


@pytest.mark.parametrize("name", SOON)
def test_a_turn_of_the_clock_that_fell_with_the_database_is_left_to_the_next(name):
    context = SimpleNamespace(app=app, job=job(name, timestamp=MORNING))

    def falls(with_what):
        raise with_what

    assert app.tasks[name].retry_strategy is None
    assert working.job(lambda: falls(OperationalError("gone")), context, None) is None
    with pytest.raises(ValueError, match="ours"):
        working.job(lambda: falls(ValueError("ours")), context, None)
