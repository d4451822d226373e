"""O5: a request, the events it records, the jobs they cause and their lines share one number."""

import logging
import re

import pytest
from django.db import IntegrityError, connections, transaction
from procrastinate.contrib.django import app

from enishi.events.journal import record
from enishi.events.models import Event
from enishi.kit import trace
from tests import make


def test_a_number_can_be_said_on_the_telephone():
    assert re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){2}[0-9a-hjkmnp-tv-z]{4}", trace.fresh())


def test_only_a_well_shaped_number_is_taken_over():
    with trace.begun("4BF92F3577B34DA6A3CE929D0E0E4736") as number:
        assert number == "4bf92f3577b34da6a3ce929d0e0e4736"
    for hostile in ("x", "a b c d e f", "a" * 37, "1234567\n", "'; drop table", "日本語の文字です"):
        with trace.begun(hostile) as number:
            assert re.fullmatch(trace.SHAPE, number)
            assert number != hostile
    assert trace.current() == ""


def test_the_journal_keeps_the_number_and_refuses_another_shape(db):
    ren = make.ren()
    with trace.begun() as number:
        made = record("profile.worker_presented", ren, by=ren, at=make.NOON)
    assert Event.objects.get(pk=made.pk).trace == number
    with pytest.raises(IntegrityError, match="event_trace_shape"), transaction.atomic():
        Event.objects.create(name="x", at=make.NOON, subject_id="1", trace="NOT THIS")


@pytest.mark.usefixtures("market")
def test_a_job_runs_under_the_number_of_the_act_that_caused_it(monkeypatch):
    # Jobs run in threads that end with this worker, and their connections with them.
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    ren = make.ren()
    with trace.begun() as number:
        record("account.appointed", ren, by=None, at=make.NOON, people=[ren], grade="reader")
    told = []

    class Traced(logging.Handler):
        def emit(self, line):
            told.append((trace.current(), line.facts["job"], line.facts["attempt"]))

    handler = Traced()
    logging.getLogger("enishi.job").addHandler(handler)
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    finally:
        logging.getLogger("enishi.job").removeHandler(handler)
    assert (number, "events.deliver", 1) in told


def test_every_argument_of_every_task_is_an_id():
    """P6: they stay in the table of jobs, so nothing that a person wrote may be one."""
    import inspect

    allowed = {"event_id": int, "mail_id": int, "timestamp": int, "subscriber": str}
    allowed["file_id"] = str  # a UUID, in the form that JSON can hold
    given = {
        (task.name, one.name): one.annotation
        for task in app.tasks.values()
        if not task.name.startswith(("builtin:", "procrastinate."))
        for one in inspect.signature(task.func).parameters.values()
        if one.name != "context"
    }
    assert given
    assert {key: kind for key, kind in given.items() if allowed.get(key[1]) is not kind} == {}
