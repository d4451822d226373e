"""Two people at the same instant: one outcome, whoever comes first (M5, PE6)."""

import threading

import pytest
from django.db import connections

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from enishi.contracts import queries
from enishi.contracts.commands import delivering, offering, ticking
from enishi.contracts.models import Contract
from enishi.escrow import queries as escrow
from enishi.kit.days import days_after
from enishi.kit.errors import Refused
from tests import make
from tests.make import NOON

ROUNDS = 8


def at_once(*acts):
    """Run each act in a thread and connection of its own; returns what was raised, or None."""
    barrier, raised = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        barrier.wait()
        try:
            act()
        except (Refused, Account.DoesNotExist) as refusal:
            raised[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[n, act]) for n, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.parametrize("number", range(ROUNDS))
def test_an_account_is_closed_or_its_contract_agreed_never_both(market, number):
    """PE6"""
    contract = make.contract("offered")
    worker = contract.worker

    at_once(
        lambda: offering.agree(contract.pk, by=worker, at=NOON, confirmed=[]),
        lambda: accounts.close(by=worker, at=NOON, still_open=_agreed),
    )

    is_agreed = Contract.objects.get(pk=contract.pk).status == "agreed"
    is_closed = Account.objects.get(pk=worker.pk).closed_at is not None
    assert is_agreed != is_closed


def _agreed(account_id):
    """Only what is agreed counts here, so that both sides of the race can win."""
    return [c.title for c in Contract.objects.filter(worker_id=account_id, status="agreed")]


@pytest.mark.parametrize("number", range(ROUNDS))
def test_acceptance_by_hand_and_by_the_clock_pay_once(market, number):
    """T3, M5"""
    contract = make.contract("delivered")
    milestone = make.milestone(contract)
    due = days_after(NOON, 14)

    at_once(
        lambda: delivering.accept(milestone.pk, by=contract.client, at=due),
        lambda: ticking.milestone(milestone.pk, at=due),
    )

    assert make.milestone(contract).status == "accepted"
    assert escrow.payable_of(contract.worker_id) == 46_800
    assert escrow.verify() == []


@pytest.mark.django_db
def test_no_contract_is_offered_to_someone_who_was_suspended():
    """PE4"""
    proposal = make.proposal()
    accounts.suspend(proposal.worker_id, by=None, at=NOON, reason="Under inquiry")

    with pytest.raises(Refused, match="contract.side_gone"):
        offering.offer(proposal.pk, by=proposal.client, at=NOON, terms=make.offer_terms())


@pytest.mark.django_db
def test_an_account_with_a_live_deal_is_not_closed():
    """PE6"""
    contract = make.contract("active")

    with pytest.raises(Refused, match="account.still_open"):
        accounts.close(by=contract.worker, at=NOON, still_open=queries.open_deals)
