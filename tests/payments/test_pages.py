"""The way back from the provider's page belongs to the payer."""

import pytest
from django.test import Client

from enishi.escrow import queries as ledger
from tests import make

from .walks import begin


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def paid(provider, hana):
    payment = begin(hana)
    provider.pay(payment)
    return payment


def address(payment):
    return f"/payments/{payment.pk}/return/"


def test_the_payer_comes_back_and_the_money_stands(provider, paid, hana):
    answer = signed_in(hana).get(address(paid))

    assert answer.status_code == 302
    assert ledger.escrow_of("test", 1) == 9_979


def test_a_stranger_finds_nothing_there_and_changes_nothing(provider, paid):
    answer = signed_in(make.account("Sora")).get(address(paid))

    assert answer.status_code == 404
    assert ledger.held_total() == 0


def test_without_a_sign_in_there_is_only_the_door(provider, paid):
    answer = Client().get(address(paid))

    assert answer.status_code == 302
    assert "next=" in answer.headers["location"]
    assert ledger.held_total() == 0


def test_a_silent_provider_still_leads_back(provider, paid, hana):
    provider.shape("error_before", "/v1/checkout", method="GET")

    answer = signed_in(hana).get(address(paid))

    assert answer.status_code == 302
    assert ledger.held_total() == 0


def test_a_milestone_leads_back_to_its_contract(provider, db):
    part = make.milestone(make.contract("agreed"))
    payment = begin(part.contract.client, part.pk)
    payment.purpose_kind = "milestone"
    payment.save(update_fields=["purpose_kind"])

    answer = signed_in(part.contract.client).get(address(payment))

    assert answer.headers["location"] == f"/contracts/{part.contract_id}/"
