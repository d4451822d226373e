"""M5, M10: two treasurers at the same files at once; one file, one booking."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import transaction

from enishi.escrow import commands as escrow
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.office import batches, commands
from enishi.payments import numbers
from enishi.payments.commands import batching
from enishi.payments.models import BankAccount, Payout, PayoutBatch
from tests import make
from tests.make import NOON
from tests.payments import by_file
from tests.payments.answers import answered
from tests.waiting import until_somebody_waits

from .acts import approve
from .test_act_races import at_once

DAY = date(2026, 4, 2)
LATER = NOON + timedelta(days=3)

pytestmark = pytest.mark.usefixtures("market", "_by_file")


@pytest.fixture
def _by_file(market, settings):
    by_file.use(settings)


def workers(many=4):
    people = [make.account(f"W{number}") for number in range(many)]
    for number, person in enumerate(people):
        by_file.bank(person)
        by_file.earn(person, 1_000 + number)
    return people


def treasurers(many=4):
    return [make.account(f"T{number}", office_grade="treasurer") for number in range(many)]


def made(by):
    return batches.make(by=by, at=NOON, transfer_on=DAY, reason="It is due.")


def test_files_made_at_once_are_one():
    people, office = workers(), treasurers()

    found = at_once([lambda by=by: made(by) for by in office])

    assert found == ["batch.in_the_making"] * 3 + ["done"]
    assert Payout.objects.count() == len(people)
    assert PayoutBatch.objects.get().total == 4_006
    assert ledger.summary().payable == 0
    assert ledger.verify() == []


def test_a_file_approved_and_refused_at_once_is_either_sent_or_withdrawn():
    workers()
    author, *others = treasurers()
    for _ in range(3):
        act = made(author)
        acts = [lambda by=by, act=act: approve(act, by=by) for by in others]
        words = {"by": others[0], "at": NOON, "reason": "No"}
        acts.append(lambda act=act, words=words: commands.refuse(act.pk, **words))

        found = at_once(acts)

        batch = PayoutBatch.objects.get(pk=act.subject_id)
        assert found.count("done") == 1
        assert (batch.status, ledger.summary().payable) in (("sent", 0), ("cancelled", 4_006))
        if batch.status == "sent":
            break
    assert ledger.verify() == []


def test_an_answer_handed_in_many_times_at_once_is_booked_once():
    people = workers()
    author, second, *others = treasurers()
    approve(made(author), by=second)
    batch = PayoutBatch.objects.get()
    refused = Payout.objects.get(account=people[0]).pk
    answer = answered(numbers.unseal_file(batch.sealed), {refused: "2"})

    found = at_once(
        [
            lambda by=by: batching.settle(batch.pk, answer, by=by, at=LATER)
            for by in (author, second, *others)
        ]
    )

    assert found == ["done"] * 4
    assert Event.objects.filter(name="batch.settled").count() == 1
    assert Event.objects.filter(name="payout.paid").count() == 3
    assert Event.objects.filter(name="payout.failed").count() == 1
    assert ledger.summary().payable == 1_000
    assert ledger.summary().clearing["bank"] == 3_006
    assert ledger.verify() == []


def test_an_account_changed_while_the_file_is_made_gets_nothing_of_it():
    """A8: either the file names the account before, or it leaves the person out."""
    (ren,), (author, *_) = workers(1), treasurers()

    at_once([lambda: made(author), lambda: by_file.bank(ren, "7654321")])

    new = BankAccount.objects.get(account=ren, replaced_at=None)
    assert new.last4 == "4321"
    assert not Payout.objects.filter(bank=new).exists()
    assert ledger.verify() == []


def test_an_answer_and_the_next_file_do_not_wait_for_each_other():
    """Bank accounts are locked before the ledger by both."""
    (ren,), (author, second, *_) = workers(1), treasurers()
    approve(made(author), by=second)
    batch = PayoutBatch.objects.get()
    answer = answered(numbers.unseal_file(batch.sealed), {Payout.objects.get().pk: "2"})
    by_file.earn(ren, 300)

    def handed_in():
        batching.settle(batch.pk, answer, by=author, at=LATER)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            BankAccount.objects.select_for_update().get(account=ren)
            other = pool.submit(at_once, [handed_in])
            until_somebody_waits()
            escrow.pay_out_batch(batch.pk + 1, {ren.pk: 300}, provider="bank", at=NOON, idem="two")
        assert other.result() == ["done"]

    assert ledger.payable_of(ren.pk) == 1_000
    assert ledger.verify() == []
