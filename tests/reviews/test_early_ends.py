"""RE3: a deal that ended early is rated by the side not at fault, ending by ending."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.contracts import faults
from enishi.contracts.commands import delivering, ending, holding, settling, ticking
from enishi.contracts.models import Contract
from enishi.events.models import Event
from enishi.kit.days import days_after
from enishi.kit.errors import Refused
from enishi.reviews import commands, queries
from enishi.reviews.models import Review
from tests import make
from tests.make import NOON
from tests.reviews.hires import SCORES

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def write(contract, by, at=LATER):
    said = {"scores": SCORES, "overall": 2, "comment": "It ended early."}
    return commands.write(contract.pk, by=by, at=at, **said)


def given_back():
    contract = make.contract("active", parts=2)
    part = make.milestone(contract)
    ending.give_back(part.pk, by=contract.worker, at=NOON, reason="I am ill")
    return contract


def never_delivered():
    contract = make.contract("active")
    part = make.milestone(contract)
    for day in range(45):
        ticking.milestone(part.pk, at=days_after(NOON, day))
    return contract


def charged_back():
    contract = make.contract("active", parts=2)
    part = make.milestone(contract)
    holding.hold(make.charge_back(part))
    holding.release(make.charge_back(part, status="lost"))
    return contract


def next_not_funded():
    contract = make.contract("delivered", parts=2)
    delivering.accept(make.milestone(contract).pk, by=contract.client, at=NOON)
    rest = make.milestone(contract, 2)
    ticking.milestone(rest.pk, at=days_after(NOON, 8))
    return contract


ENDINGS = {
    given_back: "worker",
    never_delivered: "worker",
    charged_back: "client",
    next_not_funded: "client",
}


@pytest.mark.parametrize(("end", "fault"), ENDINGS.items())
def test_re3_each_ending_says_whose_fault_it_was_and_the_other_side_rates(end, fault):
    contract = end()
    contract.refresh_from_db()
    at = contract.ended_at + timedelta(hours=1)
    other, own = (
        (contract.worker, contract.client)
        if fault == "client"
        else (contract.client, contract.worker)
    )

    assert (contract.status, contract.fault) == ("ended", fault)
    assert contract.reviews_close_at == days_after(contract.ended_at, 14)
    assert queries.of_contract(contract.pk, viewer=other, at=at).can_write
    assert [one.contract_id for one in queries.to_write(other.pk, at=at)] == [contract.pk]
    assert not queries.of_contract(contract.pk, viewer=own, at=at).can_write
    assert queries.to_write(own.pk, at=at) == []
    with pytest.raises(Refused, match=r"review\.other_side_rates"):
        write(contract, own, at)
    assert write(contract, other, at).side == fault


def test_re3_such_a_review_appears_at_once_and_its_clock_stops():
    contract = given_back()

    review = write(contract, contract.client)

    review.refresh_from_db()
    assert review.published_at == LATER
    assert Contract.objects.get().next_at is None
    assert Event.objects.get(name="review.written").people == []
    assert Event.objects.filter(name="review.published").count() == 1


def test_cl17_the_side_not_at_fault_alone_is_reminded_and_the_window_closes():
    contract = given_back()

    ticking.contract(contract.pk, at=days_after(NOON, 8))
    assert Event.objects.get(name="contract.reminded").people == [contract.client_id]

    ticking.contract(contract.pk, at=days_after(NOON, 14))
    with pytest.raises(Refused, match=r"review\.window_closed"):
        write(contract, contract.client, days_after(NOON, 14))


def test_what_two_treasurers_settled_is_paid_work_that_both_rate():
    contract = make.contract("active")
    part = make.milestone(contract)
    settling.split(part.pk, 20_000, by=make.nao(), at=NOON, reason="Half of it came")

    contract.refresh_from_db()
    assert (contract.status, contract.fault) == ("completed", "")
    write(contract, contract.client)
    assert Review.objects.get().published_at is None


def test_a_contract_that_was_never_funded_is_rated_by_nobody():
    contract = make.contract("agreed")
    ticking.contract(contract.pk, at=days_after(NOON, 8))

    contract.refresh_from_db()
    assert (contract.status, contract.fault) == ("expired", "")
    with pytest.raises(Refused, match=r"review\.not_finished"):
        write(contract, contract.worker, days_after(NOON, 9))


def test_when_both_had_their_part_in_it_nobody_is_without_fault():
    assert faults.of_contract(["worker", "client", ""]) == ""
    assert faults.of_contract(["", "client", "client"]) == "client"
    assert faults.of_contract(["", ""]) == ""


def test_the_database_knows_no_fault_of_a_deal_that_goes_on():
    contract = make.contract("active")

    for change in ({"fault": "client"}, {"fault": "office"}):
        with pytest.raises(IntegrityError, match="contract_fault"), transaction.atomic():
            Contract.objects.filter(pk=contract.pk).update(**change)
