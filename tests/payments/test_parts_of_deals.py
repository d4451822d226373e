"""A client transfers less than a piece costs: nobody begins, both are told, the rest funds it, and
without the rest the part goes back (CL1)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from enishi.contracts.commands import funding, ticking
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.notifications import commands as notifications
from enishi.notifications.models import OutgoingMail
from enishi.payments.commands import paying, sweeping
from enishi.payments.models import Payment, Refund
from tests import make
from tests.make import NOON

from .walks import RETURN

AFTER = NOON + timedelta(days=8)
BANK = "pm_jp_bank_transfer"


@pytest.fixture
def part(provider, db):
    """The first piece of a contract, 30,000 yen, for which 10,000 have come."""
    piece = make.milestone(make.contract("agreed", parts=2))
    pays(provider, piece, 10_000)
    return piece


def pays(provider, piece, amount):
    payment = funding.begin(piece.pk, by=piece.contract.client, at=NOON, return_url=RETURN)
    if payment.status == "requires_payment":
        provider.pay(payment, BANK)
    provider.transfer(payment, amount)
    return paying.settle(payment.pk, at=NOON)


def page(account, contract=None, *, path=""):
    account.language = "en"
    account.save()
    browser = Client()
    browser.force_login(account)
    html = browser.get(path or f"/contracts/{contract.pk}/").content.decode()
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_nobody_begins_on_a_part_and_both_are_told_what_is_missing(part):
    contract = part.contract
    part.refresh_from_db()

    assert (part.status, part.escrow_amount) == ("unfunded", None)
    assert ledger.escrow_of("milestone", part.pk) == 10_000
    with pytest.raises(Refused, match=r"milestone\.deliver\.unfunded"):
        make.deliver(part)
    event = Event.objects.get(name="milestone.partly_funded")
    assert event.people == sorted([contract.client_id, contract.worker_id])
    assert event.facts["due"] == contract.due_at.isoformat()
    notifications.tell(event)
    for mail in OutgoingMail.objects.filter(event=event):
        assert "¥10,000" in mail.subject
        assert "¥20,000 is missing" in mail.text
        assert "goes back to the client" in mail.text


def test_the_page_says_to_both_what_has_come_and_what_is_missing(part):
    client = page(part.contract.client, part.contract)
    worker = page(part.contract.worker, part.contract)

    assert "Transfer the missing ¥20,000 to the same account" in client
    assert "To the payment page" in client
    assert "Please do not begin yet: ¥20,000 is still missing" in worker
    for said in (client, worker):
        assert "¥10,000 of ¥30,000 has arrived" in said
        assert "¥10,000 of the ¥30,000 for “Part 1” has arrived" in said  # the timeline


def test_the_lists_say_it_too(part):
    """The desk and the list of contracts: what is missing, instead of the whole."""
    assert "Transfer the missing ¥20,000" in page(part.contract.client, path="/desk/")
    said = page(part.contract.worker, path="/contracts/")
    assert "Please do not begin yet: ¥20,000 is still missing" in said


def test_the_way_to_the_payment_page_stays_open_and_it_says_the_rest(provider, part):
    payment = funding.begin(part.pk, by=part.contract.client, at=NOON, return_url=RETURN)

    assert "¥20,000" in provider.http.get(payment.hosted_url).text


def test_the_rest_funds_the_piece_once(provider, part):
    payment = pays(provider, part, 20_000)
    for _ in range(2):
        paying.count(payment.pk, at=NOON)

    part.refresh_from_db()
    assert (part.status, part.escrow_amount) == ("funded", 30_000)
    assert ledger.escrow_of("milestone", part.pk) == 30_000
    assert Event.objects.filter(name="milestone.funded").count() == 1


@pytest.mark.parametrize("heard_in_time", [True, False])
def test_a_contract_that_expires_sends_the_part_back(provider, part, heard_in_time):
    """CL1"""
    contract = part.contract
    if not heard_in_time:
        payment = Payment.objects.get()
        provider.transfer(payment, 5_000)  # nobody told us
    ticking.contract(contract.pk, at=AFTER)
    event = Event.objects.get(name="contract.expired")

    funding.call_off(event)
    funding.call_off(event)
    sweeping.sweep(at=AFTER)
    provider.arrive()
    sweeping.sweep(at=AFTER + timedelta(hours=1))

    contract.refresh_from_db()
    back = sum(Refund.objects.values_list("amount", flat=True))
    assert (contract.status, back) == ("expired", 10_000 if heard_in_time else 15_000)
    assert set(Refund.objects.values_list("status", flat=True)) == {"succeeded"}
    assert Payment.objects.get().status == "cancelled"
    assert (ledger.held_total(), provider.beside()) == (0, 0)
    told = Event.objects.filter(name="payment.sent_back")
    assert sum(event.facts["amount"] for event in told) == back


def test_the_rest_that_comes_after_the_end_goes_back_with_the_part(provider, part):
    """CL1: the payment was whole before anyone could close its page."""
    ticking.contract(part.contract_id, at=AFTER)
    provider.transfer(Payment.objects.get(), 20_000)

    funding.call_off(Event.objects.get(name="contract.expired"))
    sweeping.sweep(at=AFTER)
    sweeping.sweep(at=AFTER)

    assert Payment.objects.get().status == "succeeded"
    assert list(Refund.objects.values_list("amount", "of")) == [(30_000, "payment")]
    assert (ledger.held_total(), provider.beside()) == (0, 0)


def test_a_later_piece_that_is_cancelled_sends_its_part_back(provider, db):
    contract = make.contract("active", parts=2)
    second = make.milestone(contract, 2)
    make.deliver(make.milestone(contract))
    funding.await_next(contract, at=NOON)
    pays(provider, second, 10_000)
    told = Event.objects.get(name="milestone.partly_funded")
    second.refresh_from_db()
    assert told.facts["due"] == second.due_at.isoformat()

    ticking.milestone(second.pk, at=AFTER)
    funding.call_off(Event.objects.get(name="milestone.cancelled"))
    sweeping.sweep(at=AFTER)

    assert list(Refund.objects.values_list("amount", "of")) == [(10_000, "transfer")]
    assert ledger.escrow_of("milestone", second.pk) == 0


def test_the_statement_shows_what_came_for_nothing_and_went_back(provider, part):
    client = part.contract.client
    ticking.contract(part.contract_id, at=AFTER)
    funding.call_off(Event.objects.get(name="contract.expired"))
    sweeping.sweep(at=AFTER)

    from enishi.contracts import statements

    rows = statements.client_rows(client.pk, AFTER.date(), most=10)

    assert [(row.kind, row.amount) for row in rows] == [("refund", 10_000), ("excess", -10_000)]


def test_a_part_for_a_page_that_opened_as_the_deal_ended_goes_back(provider, db):
    """The payment was intended a moment after the pages of the deal were called off."""
    piece = make.milestone(make.contract("agreed"))
    ticking.contract(piece.contract_id, at=AFTER)
    about = {"payer": piece.contract.client, "at": AFTER, "return_url": RETURN}
    payment = paying.begin("milestone", piece.pk, 30_000, **about)
    provider.pay(payment, BANK)
    provider.transfer(payment, 10_000)
    paying.settle(payment.pk, at=AFTER)

    for _ in range(2):
        sweeping.sweep(at=AFTER + timedelta(minutes=1))

    payment.refresh_from_db()
    assert payment.status == "cancelled"
    assert Refund.objects.get().amount == 10_000
    assert ledger.escrow_of("milestone", piece.pk) == 0
