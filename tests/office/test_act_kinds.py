"""PE2: what each act on money moves, and what it does not."""

from datetime import timedelta

import pytest
from django.db import transaction

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from enishi.contracts.commands import settling
from enishi.documents.models import Document
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.notifications.letters.reading import letters_for
from enishi.office import commands
from enishi.office.models import DayLimit
from enishi.payments.commands import paying_out, refunding
from enishi.payments.models import BankAccount, Chargeback, Payout, Refund
from enishi.payments.provider import Transfer
from tests import make
from tests.make import NOON

from .acts import approve, correction, propose

LATER = NOON + timedelta(days=2)

pytestmark = pytest.mark.django_db


def test_an_escrow_is_divided_and_fee_and_withholding_computed_anew():
    """CO8, CO9: half of 22,000 → F 2,200, tax 220, net 8,580; the rest goes back."""
    milestone = make.milestone(make.contract("delivered", price=22_000))
    approve(propose("split", milestone, part=11_000), at=LATER)

    milestone.refresh_from_db()
    milestone.contract.refresh_from_db()
    contract = milestone.contract
    assert (milestone.status, contract.status, contract.paid_total) == (
        *("settled", "completed", 11_000),
    )
    assert ledger.payable_of(contract.worker_id) == 8_580
    assert Refund.objects.get().amount == 11_000
    assert ledger.escrow_of("milestone", milestone.pk) == 0
    assert Event.objects.get(name="milestone.settled").facts["reason"] == "It is due."
    statement = Document.objects.get(kind="payment_statement").facts
    assert (statement["amount"], statement["net"]) == (11_000, 8_580)
    assert statement["settled"] == {"price": 22_000, "returned": 11_000, "reason": "It is due."}
    assert Document.objects.get(kind="invoice").facts["amount"] == 11_000
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("part", "net", "back"), [(0, 0, 11_000), (11_000, 8_580, 0), (1, 1, 10_999)]
)
def test_nothing_everything_or_a_yen_may_be_paid(part, net, back):
    milestone = make.milestone(make.contract("active", price=11_000))
    approve(propose("split", milestone, part=part))

    worker_id = milestone.contract.worker_id
    assert (ledger.payable_of(worker_id), ledger.escrow_of("milestone", milestone.pk)) == (
        net,
        0,
    )
    assert sum(Refund.objects.values_list("amount", flat=True)) == back


@pytest.mark.parametrize("part", [-1, 11_001])
def test_a_part_lies_within_the_price(part):
    milestone = make.milestone(make.contract("active", price=11_000))

    with pytest.raises(Refused, match=r"milestone\.part_out_of_range"):
        propose("split", milestone, part=part)


def test_what_ended_meanwhile_is_not_divided():
    contract = make.contract("active", price=11_000)
    milestone = make.milestone(contract)
    act = propose("split", milestone, part=1_000)
    settling.ending.give_back(milestone.pk, by=contract.worker, at=NOON, reason="Ill")

    with pytest.raises(Refused, match=r"milestone\.settle\.refunded"), transaction.atomic():
        approve(act)
    act.refresh_from_db()
    assert act.status == "proposed"


def test_what_a_bank_kept_is_written_off():
    milestone = make.milestone(make.contract("delivered", price=11_000))
    make.charge_back(milestone, status="lost")
    chargeback = Chargeback.objects.get()
    approve(propose("write_off", chargeback))

    chargeback.refresh_from_db()
    assert (chargeback.status, chargeback.owed) == ("written_off", 0)
    assert ledger.owed_by(milestone.contract.client_id) == 0
    assert ledger.summary().own == -11_000


def test_payouts_are_held_and_let_go():
    ren = make.ren()
    approve(correction(300, who=ren))
    BankAccount.objects.create(account=ren, payee="acct", token="ba", added_at=NOON)
    approve(propose("hold_payouts", ren))

    assert paying_out._intend(ren.pk, at=NOON) is None
    with pytest.raises(Refused, match=r"payout\.held_already"):
        propose("hold_payouts", ren)
    approve(propose("resume_payouts", ren))
    assert paying_out._intend(ren.pk, at=NOON).amount == 300
    assert Payout.objects.count() == 1
    names = Event.objects.filter(name__startswith="payout.").order_by("id")
    assert list(names.values_list("name", flat=True)) == ["payout.held", "payout.resumed"]


def test_a_correction_takes_no_more_than_a_person_is_owed():
    act = correction(300, "from_person")

    with pytest.raises(Refused, match=r"escrow\.not_enough"), transaction.atomic():
        approve(act)


def test_a_correction_follows_the_providers_books(settings):
    settings.PAYMENT_PROVIDER = settings.PAYMENT_PROVIDER | {"name": "sandbox"}
    approve(correction(40, "to_provider"))

    assert ledger.summary().clearing == {"sandbox": 40}
    assert ledger.summary().own == -40


@pytest.mark.parametrize("side", ["client", "worker"])
def test_neither_side_of_a_deal_divides_its_escrow(side):
    """M10"""
    milestone = make.milestone(make.contract("delivered", price=11_000))
    theirs = getattr(milestone.contract, side)
    Account.objects.filter(pk=theirs.pk).update(office_grade="treasurer")

    with pytest.raises(Refused, match=r"act\.own_money"):
        propose("split", milestone, by=theirs, part=1)


def test_nobody_writes_off_their_own_debt():
    """M10"""
    milestone = make.milestone(make.contract("delivered", price=11_000))
    make.charge_back(milestone, status="lost")
    client = milestone.contract.client
    Account.objects.filter(pk=client.pk).update(office_grade="treasurer")
    act = propose("write_off", Chargeback.objects.get())

    with pytest.raises(Refused, match=r"act\.own_money"), transaction.atomic():
        approve(act, by=client)
    assert ledger.owed_by(client.pk) == 11_000


@pytest.mark.parametrize(("how", "own"), [("again", 0), ("by_hand", 11_000)])
def test_two_treasurers_decide_about_a_refund_that_failed(how, own):
    """PE2: it counts against the day's limit, and its payer hears of it."""
    milestone = make.milestone(make.contract("active", price=11_000))
    contract = milestone.contract
    settling.ending.give_back(milestone.pk, by=contract.worker, at=NOON, reason="Ill")
    failed = Refund.objects.get()
    refunding._book(failed.pk, Transfer("", "failed", "expired_card"), at=NOON)
    make.nao(), make.kei()

    approve(propose("failed_refund", failed, how=how))

    failed.refresh_from_db()
    assert failed.status == "closed"
    assert ledger.escrow_of("milestone", milestone.pk) == 0
    assert ledger.summary().own == own
    assert DayLimit.objects.get().moved == 11_000
    told = Event.objects.get(name="refund.closed")
    assert (told.people, told.facts["reason"]) == ([contract.client_id], how)
    with pytest.raises(Refused, match=r"refund\.close\.closed"):
        propose("failed_refund", failed, how=how)


def test_the_treasurers_hear_of_a_refund_that_failed():
    milestone = make.milestone(make.contract("active", price=11_000))
    contract, office = milestone.contract, make.nao()
    settling.ending.give_back(milestone.pk, by=contract.worker, at=NOON, reason="Ill")

    refunding._book(Refund.objects.get().pk, Transfer("", "failed", "expired_card"), at=NOON)

    told = Event.objects.get(name="refund.failed")
    assert told.people == sorted([contract.client_id, office.pk])
    letters = {who.pk: letters_for([told], who, "en")[0][1] for who in (contract.client, office)}
    assert letters[office.pk].path == "/office/money/"
    assert letters[contract.client_id].path == f"/contracts/{contract.pk}/"


def test_nothing_becomes_payable_to_somebody_who_has_left():
    """PE6: nobody could name the account that it should go to."""
    ren = make.ren()
    act = correction(300, who=ren)
    accounts.close(by=ren, at=NOON, still_open=lambda _: [])

    with pytest.raises(Refused, match=r"act\.person_has_left"), transaction.atomic():
        approve(act)
    commands.withdraw(act.pk, by=make.nao(), at=NOON)
    with pytest.raises(Refused, match=r"act\.person_has_left"):
        correction(300, who=ren)
    correction(300, "from_person", who=ren)
    assert ledger.payable_of(ren.pk) == 0
