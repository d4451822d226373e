"""The sweep: every due row once, nothing early, one fault stops nobody (T1)."""

from datetime import timedelta

import pytest

from enishi.contracts.models import Contract
from enishi.events import sweep
from enishi.jobs.models import Job
from enishi.kit.days import days_after
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def test_nothing_is_due_before_its_time():
    contract = make.contract("agreed")

    sweep.sweep(at=days_after(NOON, 7) - INSTANT)

    contract.refresh_from_db()
    assert contract.status == "agreed"


def test_what_is_due_happens_and_happens_once():
    contract = make.contract("agreed")

    seen = [sweep.sweep(at=days_after(NOON, 7)) for _ in range(2)]

    contract.refresh_from_db()
    assert contract.status == "expired"
    assert seen[0] > 0
    assert seen[1] == 0


def test_a_sweep_takes_every_kind_of_row():
    job = make.job()
    contract = make.contract("offered")

    sweep.sweep(at=days_after(NOON, 60))

    assert Job.objects.get(pk=job.pk).status == "closed"
    assert Contract.objects.get(pk=contract.pk).status == "lapsed"


def test_a_row_that_fails_stops_no_other(monkeypatch, caplog):
    first, second = make.job(), make.job(client=make.account("Aoi", "client"))
    from enishi.jobs import commands as jobs

    real = jobs.tick

    def failing(pk, *, at):
        if pk == first.pk:
            raise RuntimeError("broken row")
        return real(pk, at=at)

    monkeypatch.setattr(jobs, "tick", failing)

    sweep.sweep(at=days_after(NOON, 60))

    assert Job.objects.get(pk=first.pk).status == "open"
    assert Job.objects.get(pk=second.pk).status == "closed"
    assert "could not be moved" in caplog.text


def test_the_clock_may_step_back_without_harm():
    """T2"""
    contract = make.contract("agreed")
    due = days_after(NOON, 7)

    sweep.sweep(at=due)
    sweep.sweep(at=due - timedelta(minutes=10))

    contract.refresh_from_db()
    assert contract.status == "expired"
