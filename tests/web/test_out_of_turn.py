"""A page of a milestone may be opened or sent when its turn is over or has not come: a stale tab,
two at once, an address typed by hand. It says so, and what was written is not lost."""

import pytest
from django.urls import reverse

from enishi.contracts.commands import delivering, ending, holding, settling
from enishi.contracts.lifecycle import MILESTONE
from enishi.kit import clock
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "Please name the third station, too."
PAGES = ("delivery", "revision", "acceptance", "milestone_refund", "change_new", "funding")


def _part(state):
    at = clock.now()
    deal = make.contract({"unfunded": "agreed", "funded": "active"}.get(state, state), at=at)
    return make.milestone(deal)


def _unfunded():
    return _part("unfunded")


def _funded():
    return _part("funded")


def _delivered():
    return _part("delivered")


def _revising():
    part = _delivered()
    delivering.ask_revision(part.pk, by=part.contract.client, at=clock.now(), reason="Shorter.")
    return part


def _accepted():
    return _part("completed")


def _refunded():
    part = _funded()
    ending.give_back(part.pk, by=part.contract.worker, at=clock.now(), reason="I fell ill.")
    return part


def _cancelled():
    part = _unfunded()
    ending.cancel_unfunded(part.contract, at=clock.now(), why="unfunded")
    return part


def _held():
    part = _funded()
    holding.hold(make.charge_back(part, at=clock.now()))
    return part


def _settled():
    part = _delivered()
    settling.split(part.pk, 20_000, by=make.nao(), at=clock.now(), reason="Half of it is there.")
    return part


STATES = {
    "unfunded": _unfunded,
    "funded": _funded,
    "delivered": _delivered,
    "revising": _revising,
    "held": _held,
    "accepted": _accepted,
    "refunded": _refunded,
    "cancelled": _cancelled,
    "settled": _settled,
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("state", STATES)
def test_a_page_out_of_its_turn_answers_and_keeps_what_was_written(client, state, page):
    part = STATES[state]()
    part.refresh_from_db()
    assert part.status == state
    address = reverse(page, args=[part.pk])
    for side in (part.contract.client, part.contract.worker):
        client.force_login(side)

        if page != "funding":
            assert client.get(address).status_code in (200, 404)
        # Incomplete on purpose: one box is filled in, the form comes back.
        answer = client.post(address, {"reason": WORDS, "body": "", "due_on": "gone"})

        assert answer.status_code in (302, 404, 422)
        if answer.status_code == 422 and 'name="reason"' in answer.content.decode():
            assert WORDS in answer.content.decode()


def test_every_state_of_a_milestone_is_visited():
    assert set(MILESTONE.states) - set(STATES) == {"disputed"}  # nothing leads there yet
