"""The client's bank takes an escrow back: who has not delivered stops, who has is paid (M11)."""

from datetime import timedelta

import pytest

from enishi.contracts.commands import delivering, ending, funding, holding, offering, ticking
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.days import end_of_day
from enishi.kit.errors import Refused
from enishi.payments.models import Chargeback, Refund
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)
DECIDED = NOON + timedelta(days=12)


@pytest.fixture
def held():
    """A funded piece whose money was taken back on the second day."""
    milestone = make.milestone(make.contract("active", parts=2))
    holding.hold(make.charge_back(milestone, at=LATER))
    milestone.refresh_from_db()
    return milestone


def told(name):
    return list(Event.objects.filter(name=name).values_list("people", flat=True))


def test_a_piece_without_a_delivery_is_held_and_the_worker_told_to_stop(held):
    contract = held.contract

    assert held.status == "held"
    assert told("milestone.held") == [[contract.worker_id]]
    for act in (
        lambda: make.deliver(held, at=LATER),
        lambda: delivering.accept(held.pk, by=contract.client, at=LATER),
    ):
        with pytest.raises(Refused, match=r"milestone\.\w+\.held"):
            act()
    with pytest.raises(Refused, match=r"chargeback\.undecided"):
        ending.give_back(held.pk, by=contract.worker, at=LATER, reason="Enough")
    assert ledger.escrow_of("milestone", held.pk) == 30_000


def test_a_bank_that_decides_for_us_gives_back_the_days(held):
    due_on = held.due_on

    holding.resume(make.charge_back(held, at=DECIDED, status="won"))

    held.refresh_from_db()
    assert held.status == "funded"
    assert held.due_on == due_on + timedelta(days=10)
    assert held.due_at == end_of_day(held.due_on)
    assert told("milestone.resumed") == [sorted([held.contract.client_id, held.contract.worker_id])]
    make.deliver(held, at=DECIDED)


def test_a_bank_that_decides_for_the_client_ends_the_piece_and_settles_what_is_owed(held):
    client_id = held.contract.client_id

    holding.release(make.charge_back(held, at=DECIDED, status="lost"))

    held.refresh_from_db()
    held.contract.refresh_from_db()
    assert (held.status, held.contract.status) == ("refunded", "ended")
    assert ledger.owed_by(client_id) == 0
    assert ledger.escrow_of("milestone", held.pk) == 0
    assert Chargeback.objects.get().status == "recovered"
    assert not Refund.objects.exists()
    assert ledger.verify() == []


def test_what_was_delivered_goes_on_and_is_paid():
    milestone = make.milestone(make.contract("delivered", price=11_000))

    holding.hold(make.charge_back(milestone, at=LATER))
    holding.release(make.charge_back(milestone, at=DECIDED, status="lost"))
    delivering.accept(milestone.pk, by=milestone.contract.client, at=DECIDED)

    milestone.refresh_from_db()
    assert milestone.status == "accepted"
    assert told("milestone.charged_back") == [[milestone.contract.worker_id]]
    assert ledger.payable_of(milestone.contract.worker_id) == 8_580
    assert ledger.owed_by(milestone.contract.client_id) == 11_000


def test_news_that_come_after_the_decision_hold_nothing():
    milestone = make.milestone(make.contract("active"))
    opened = make.charge_back(milestone, at=LATER)
    make.charge_back(milestone, at=DECIDED, status="won")

    holding.hold(opened)

    milestone.refresh_from_db()
    assert milestone.status == "funded"


def test_a_bank_that_takes_too_long_is_told_to_both(held):
    """CL16"""
    ticking.milestone(held.pk, at=held.due_at)

    held.refresh_from_db()
    assert (held.status, held.next_at) == ("held", None)
    assert len(told("milestone.reminded")[0]) == 2


def test_who_owes_neither_offers_nor_pays_in(held):
    contract = held.contract
    second = make.milestone(contract, 2)
    wish = {"by": contract.client, "at": LATER}
    other = make.proposal(to=make.job(), worker=make.sora())

    with pytest.raises(Refused, match=r"payment\.owes"):
        funding.begin(second.pk, **wish, return_url="http://localhost:1/")
    with pytest.raises(Refused, match=r"payment\.owes"):
        offering.offer(other.pk, **wish, terms=make.offer_terms())


def test_a_piece_stays_held_while_another_complaint_is_undecided(held):
    """Two complaints about one payment: the work goes on when the last of them is won."""
    half = {"amount": 15_000, "name": "second"}
    holding.hold(make.charge_back(held, at=LATER, **half))

    holding.resume(make.charge_back(held, at=DECIDED, status="won"))
    held.refresh_from_db()
    assert held.status == "held"

    holding.resume(make.charge_back(held, at=DECIDED, status="won", **half))
    held.refresh_from_db()
    assert held.status == "funded"


@pytest.mark.parametrize("last", ["won", "lost"])
def test_of_two_complaints_one_lost_ends_the_piece_when_both_are_decided(last):
    milestone = make.milestone(make.contract("active", price=30_000))
    halves = [{"amount": 10_000, "name": name} for name in ("first", "second")]
    for half in halves:
        holding.hold(make.charge_back(milestone, at=LATER, **half))

    holding.release(make.charge_back(milestone, at=DECIDED, status="lost", **halves[0]))
    milestone.refresh_from_db()
    assert milestone.status == "held"
    told_of = {"won": holding.resume, "lost": holding.release}[last]
    told_of(make.charge_back(milestone, at=DECIDED, status=last, **halves[1]))

    milestone.refresh_from_db()
    assert milestone.status == "refunded"
    assert ledger.owed_by(milestone.contract.client_id) == 0
    assert Refund.objects.get().amount == (20_000 if last == "won" else 10_000)
    assert ledger.verify() == []


def test_a_complaint_that_is_heard_of_when_it_is_lost_ends_the_piece_too():
    """Its webhook was lost, and the books were compared after the bank had decided."""
    milestone = make.milestone(make.contract("active"))
    make.charge_back(milestone, at=DECIDED, status="lost")
    opened, lost = Event.objects.filter(name__startswith="chargeback.").order_by("id")

    holding.hold(opened)
    holding.release(lost)

    milestone.refresh_from_db()
    assert milestone.status == "refunded"
    assert ledger.owed_by(milestone.contract.client_id) == 0
