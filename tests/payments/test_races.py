"""Many connections and processes at once, and a kill in the middle: one effect (M5, M6, T2)."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from enishi.escrow import commands as escrow
from enishi.escrow import queries as ledger
from enishi.kit.errors import Refused
from enishi.payments.commands import banking, paying, paying_out, refunding, sweeping
from enishi.payments.models import BankAccount, Payment, Payout, Refund
from enishi.payments.provider import Transfer
from tests import make
from tests.waiting import until_somebody_waits

from .walks import LATER, NOON, begin, recorded, settled

CROWD = 4
BANK = {"bank": "1100", "branch": "000", "number": "0001234"}
BANK |= {"holder": "ナツメ コトハ", "name": "ナツメ コトハ"}

pytestmark = pytest.mark.usefixtures("market")


@pytest.fixture
def payer(market):
    return make.account("Hana", "client")


@pytest.fixture
def worker(market):
    return make.account("Ren", "worker")


def at_once(act, crowd=CROWD):
    start = threading.Barrier(crowd)

    def run(_):
        try:
            start.wait()
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as pool:
        return list(pool.map(run, range(crowd)))


def test_pressing_pay_on_many_devices_begins_one_payment(provider, payer):
    for purpose in range(1, 6):
        pages = at_once(lambda p=purpose: begin(payer, p).hosted_url)
        assert len(set(pages) - {"payment.provider_unavailable"}) == 1
    assert Payment.objects.count() == 5


def test_settled_by_webhook_sweep_and_return_page_at_once_is_booked_once(provider, payer):
    for purpose in range(1, 6):
        payment = begin(payer, purpose)
        provider.pay(payment)
        results = at_once(lambda p=payment: paying.settle(p.pk, at=NOON).status)
        assert results == ["succeeded"] * CROWD
        assert ledger.escrow_of("test", purpose) == 9_979
    assert recorded("payment.") == ["payment.settled"] * 5


def test_two_parts_that_are_heard_of_at_once_make_one_payment(provider, payer):
    for purpose in range(1, 6):
        payment = begin(payer, purpose)
        provider.pay(payment, "pm_jp_bank_transfer")
        paying.settle(payment.pk, at=NOON)
        parts = iter([4_000, 5_979, 4_000, 5_979])

        def hear(parts=parts, payment=payment):
            provider.transfer(payment, next(parts))
            return paying.count(payment.pk, at=NOON).status

        at_once(hear)
        sweeping.sweep(at=LATER)
        assert ledger.escrow_of("test", purpose) == 9_979
        back = Refund.objects.filter(payment=payment)
        assert sum(back.values_list("amount", flat=True)) == 9_979  # each sent it twice
    assert recorded("payment.settled") == ["payment.settled"] * 5
    assert (provider.beside(), ledger.verify()) == (0, [])


def test_refunds_pressed_at_once_never_exceed_what_is_held(provider, payer):
    payment = settled(provider, payer)
    keys = iter(range(CROWD))
    at_once(lambda: refunding.refund("test", 1, 9_979, at=NOON, idem=f"end-{next(keys)}"))
    sweeping.sweep(at=LATER)

    assert Refund.objects.count() == 1
    made = provider.all(f"/v1/refunds?payment_intent={payment.charge}")
    assert [one["amount"] for one in made] == [9_979]


def test_the_same_refund_from_many_connections_is_one(provider, payer):
    settled(provider, payer)

    made = at_once(lambda: refunding.refund("test", 1, 100, at=NOON, idem="part-1").pk)

    assert len(set(made)) == 1
    assert ledger.escrow_of("test", 1) == 9_879


def test_sweeps_in_two_workers_pay_out_once(provider, payer, worker, wait):
    settled(provider, payer)
    payee = banking.add(by=worker, at=NOON, **BANK).payee
    escrow.release("test", 1, to=worker.pk, net=9_979, fee=0, fee_tax=0, at=NOON, idem="pay-1")

    at_once(lambda: sweeping.sweep(at=NOON))
    minutes = iter(range(1, 1000))

    def swept():
        at = NOON + timedelta(minutes=next(minutes))
        at_once(lambda: sweeping.sweep(at=at), 2)
        return Payout.objects.filter(status="paid").exists()

    wait(swept)
    moved = provider.all(f"/v1/transfers?destination={payee}")
    assert [one["amount"] for one in moved] == [9_979]
    assert recorded("payout.") == ["payout.paid"]
    assert ledger.verify() == []


def test_paying_out_on_many_connections_sends_one_and_leaves_nothing_to_the_others(
    provider, payer, worker
):
    settled(provider, payer)
    banking.add(by=worker, at=NOON, **BANK)
    escrow.release("test", 1, to=worker.pk, net=9_979, fee=0, fee_tax=0, at=NOON, idem="pay-1")

    sent = at_once(lambda: getattr(paying_out.pay_out_now(worker.pk, at=NOON), "amount", None))

    assert sorted(sent, key=str) == [9_979, *[None] * (CROWD - 1)]


def closing(act):
    try:
        return act()
    finally:
        connection.close()


KILLED = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from enishi.payments.commands import paying_out, refunding
act = {"refund": refunding.settle, "payout": paying_out.pay_out_now}[sys.argv[1]]
act(int(sys.argv[2]), at=datetime(2026, 4, 1, 3, 0, tzinfo=UTC))
"""


def killed_while_calling(settings, name, subject, reached):
    """A worker of its own process, killed while the provider keeps its answer back."""
    there = settings.PAYMENT_PROVIDER
    environment = os.environ | {
        "ENISHI_PROVIDER_URL": there["url"],
        "ENISHI_PROVIDER_KEY": there["key"],
        "ENISHI_PROVIDER_SECRET": there["webhook_secret"],
    }
    command = [sys.executable, "-c", KILLED, name, str(subject)]
    with subprocess.Popen(command, env=environment) as process:
        while not reached():
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()


@pytest.mark.parametrize("shape", ["time_out_after", "time_out_before"])
def test_a_payout_whose_worker_was_killed_is_made_once(
    provider, payer, worker, wait, settings, shape
):
    settled(provider, payer)
    payee = banking.add(by=worker, at=NOON, **BANK).payee
    escrow.release("test", 1, to=worker.pk, net=9_979, fee=0, fee_tax=0, at=NOON, idem="pay-1")
    provider.shape(shape, "/v1/transfers", seconds="2")

    killed_while_calling(settings, "payout", worker.pk, lambda: provider.calls(shape) == 0)

    assert Payout.objects.get().status == "created"
    assert ledger.payable_of(worker.pk) == 0
    minutes = iter(range(1, 1000))

    def swept():
        sweeping.sweep(at=NOON + timedelta(minutes=next(minutes)))
        return Payout.objects.get().status == "paid"

    wait(swept, 10)
    moved = provider.all(f"/v1/transfers?destination={payee}")
    assert [one["amount"] for one in moved] == [9_979]


def test_a_refund_whose_worker_was_killed_is_made_once(provider, payer, wait, settings):
    payment = settled(provider, payer)
    made = refunding.refund("test", 1, 9_979, at=NOON, idem="end-1")
    provider.shape("time_out_after", "/v1/refunds", seconds="2")

    killed_while_calling(settings, "refund", made.pk, lambda: provider.calls("time_out_after") == 0)

    sweeping.sweep(at=LATER)
    made.refresh_from_db()
    assert made.status == "succeeded"
    refunds = provider.all(f"/v1/refunds?payment_intent={payment.charge}")
    assert [one["amount"] for one in refunds] == [9_979]


def test_a_payout_that_failed_and_a_new_one_do_not_wait_for_each_other(provider, payer, worker):
    """The bank account is locked before the ledger by both: else each would hold what the other
    waits for, and PostgreSQL would end one of them."""
    settled(provider, payer)
    bank = banking.add(by=worker, at=NOON, **BANK)
    shares = {"fee": 0, "fee_tax": 0, "at": NOON}
    escrow.release("test", 1, to=worker.pk, net=5_000, **shares, idem="pay-1")
    failing = paying_out._intend(worker.pk, at=NOON)
    escrow.release("test", 1, to=worker.pk, net=4_979, **shares, idem="pay-2")
    refused = Transfer("", "failed", "no_account")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            BankAccount.objects.select_for_update().get(pk=bank.pk)
            other = pool.submit(closing, lambda: paying_out._book(failing.pk, refused, at=LATER))
            until_somebody_waits()
            escrow.pay_out(worker.pk, 4_979, provider="sandbox", at=NOON, idem="payout-2")
        assert other.result().status == "failed"

    assert ledger.payable_of(worker.pk) == 5_000
    assert ledger.verify() == []
