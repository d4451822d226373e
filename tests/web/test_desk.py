"""The desk: what waits for me first, then what others owe me, each thing once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enishi.contracts.commands import offering
from enishi.kit import clock
from enishi.payments.models import BankAccount, Chargeback
from tests import make

pytestmark = pytest.mark.django_db


def desk(client, person):
    client.force_login(person)
    return client.get(reverse("desk")).content.decode()


def links_to(page, contract):
    return len(re.findall(f'href="{reverse("contract", args=[contract.pk])}"', page))


def test_what_waits_for_me_stands_on_top(client):
    contract = make.contract("offered", at=clock.now())

    page = desk(client, contract.worker)

    assert "next next--yours" in page
    assert "Read the offer and answer it" in page
    assert links_to(page, contract) == 1


def test_what_the_other_side_owes_asks_nothing_of_me(client):
    contract = make.contract("offered", at=clock.now())

    page = desk(client, contract.client)

    assert "next next--yours" not in page
    assert "The worker answers the offer" in page
    assert links_to(page, contract) == 1


def test_an_application_with_an_offer_stands_as_a_deal_alone(client):
    contract = make.contract("offered", at=clock.now())

    page = desk(client, contract.worker)

    assert reverse("proposal", args=[contract.proposal_id]) not in page


def test_an_application_waits_on_both_desks(client):
    sent = make.proposal(at=clock.now())
    address = reverse("proposal", args=[sent.pk])

    assert address in desk(client, sent.client)
    assert address in desk(client, sent.worker)


@pytest.mark.parametrize(
    ("role", "said"), [("client", "Order your first work"), ("worker", "Find your first work")]
)
def test_an_empty_desk_teaches_the_next_step(client, role, said):
    assert said in desk(client, make.account(f"New{role}", role))


def test_whoever_is_owed_money_without_a_bank_account_is_asked_for_one(client):
    """CL18"""
    contract = make.contract("completed", price=11_000, at=clock.now())

    before = desk(client, contract.worker)
    BankAccount.objects.create(
        account=contract.worker,
        bank_code="0001",
        branch_code="001",
        bank_name="Test",
        holder="レン",
        last4="4567",
        payee="p",
        token="t",
        added_at=clock.now(),
    )
    after = desk(client, contract.worker)

    assert 'Tell us where to send <span class="nb">¥8,580</span>' in before
    assert "Tell us where to send" not in after


def test_whoever_owes_for_a_payment_taken_back_reads_it_first(client):
    contract = make.contract("completed", price=11_000, at=clock.now())
    before = desk(client, contract.client)
    part = make.milestone(contract)
    make.charge_back(part, at=clock.now())
    undecided = desk(client, contract.client)
    make.charge_back(part, at=clock.now(), status="lost")
    owing = desk(client, contract.client)

    address = reverse("chargeback", args=[Chargeback.objects.get().pk])
    assert address not in before
    assert address in undecided
    assert "has not decided yet" in undecided
    assert address in owing
    assert 'Pay the <span class="nb">¥11,000</span> that you owe' in owing
    assert address not in desk(client, contract.worker)


def test_the_office_has_its_own_desk(client):
    client.force_login(make.mio())

    assert client.get(reverse("desk")).url == reverse("office")


def test_the_desk_costs_the_same_for_one_deal_and_for_thirty(client):
    make.contract("active", at=clock.now())
    client.force_login(make.ren())
    client.get(reverse("desk"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("desk"))
    for number in range(29):
        job = make.job(client=make.account(f"Client{number}", "client"), at=clock.now())
        sent = make.proposal(to=job, at=clock.now())
        terms = make.offer_terms(at=clock.now())
        offering.offer(sent.pk, by=sent.client, at=clock.now(), terms=terms)
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse("desk")).content.decode()

    assert len(many) == len(few)
    assert "more deals stand in your contracts" in page
