"""KN1: who has worked together, how often, and when last."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enishi.contracts.commands import delivering, ending
from enishi.trust.closeness.policy import STRANGERS, Closeness, nearness
from enishi.trust.closeness.queries import closeness
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def test_those_who_finished_work_together_are_close_from_both_sides():
    first = make.contract("completed")
    make.contract("completed", at=NOON + timedelta(days=40))
    together = Closeness(2, NOON + timedelta(days=40))

    assert closeness(first.client_id, [first.worker_id]) == {first.worker_id: together}
    assert closeness(first.worker_id, [first.client_id]) == {first.client_id: together}


@pytest.mark.parametrize("state", ["offered", "agreed", "active", "delivered"])
def test_a_contract_that_has_paid_nothing_brings_nobody_closer(state):
    made = make.contract(state)

    assert closeness(made.client_id, [made.worker_id]) == {made.worker_id: STRANGERS}


def test_work_that_ended_early_counts_once_a_part_of_it_was_paid():
    made = make.contract("active", parts=2)
    make.deliver(make.milestone(made))
    delivering.accept(make.milestone(made).pk, by=made.client, at=NOON)
    make.fund(make.milestone(made, 2))
    assert closeness(made.client_id, [made.worker_id]) == {made.worker_id: STRANGERS}

    ending.give_back(make.milestone(made, 2).pk, by=made.worker, at=NOON, reason="A cold.")

    assert closeness(made.client_id, [made.worker_id])[made.worker_id] == Closeness(1, NOON)


def test_work_that_was_given_back_unpaid_brings_nobody_closer():
    made = make.contract("active")
    ending.give_back(make.milestone(made).pk, by=made.worker, at=NOON, reason="A cold.")

    assert closeness(made.client_id, [made.worker_id]) == {made.worker_id: STRANGERS}


def test_strangers_stay_strangers_and_cost_no_more_queries():
    made = make.contract("completed")
    strangers = [make.account(f"Stranger{n}").pk for n in range(30)]
    closeness(made.client_id, [])

    with CaptureQueriesContext(connection) as asked:
        found = closeness(made.client_id, [*strangers, made.worker_id])

    assert len(asked) == 1
    assert {who for who, near in found.items() if near.has_worked} == {made.worker_id}
    assert set(found) == {*strangers, made.worker_id}


def test_more_often_is_closer_and_of_two_alike_the_more_recent():
    twice, once = Closeness(2, NOON), Closeness(1, NOON + timedelta(days=9))
    earlier = Closeness(1, NOON)

    found = sorted([STRANGERS, earlier, twice, once], key=nearness, reverse=True)

    assert found == [twice, once, earlier, STRANGERS]
