"""Payouts by file: two treasurers, one file, the bank's answer; no yen twice, none lost."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit import quarantine
from enishi.kit.errors import Refused
from enishi.office import batches, commands, money
from enishi.office.models import DayLimit, MoneyAct
from enishi.payments import queries
from enishi.payments.commands import batching, holding, sweeping
from enishi.payments.models import BankAccount, Payout, PayoutBatch
from tests import make
from tests.make import NOON
from tests.payments import by_file
from tests.payments.answers import answered

from .acts import approve
from .filed import DAY, LATER, batch, file, made, sent, settle, worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_file(settings):
    by_file.use(settings)


def test_everything_that_is_due_becomes_one_file_that_two_treasurers_agree_on():
    ren, sora = worker("Ren"), worker("Sora", 123_456, "7654321")

    act = made()

    found = batch()
    assert (found.status, found.count, found.total) == ("made", 2, 132_036)
    assert found.sha256 == hashlib.sha256(file()).hexdigest()
    assert [row[43:50] for row in file().split(b"\r\n") if row[:1] == b"2"] == [
        *(b"0001234", b"7654321")
    ]
    assert (ledger.payable_of(ren.pk), ledger.payable_of(sora.pk)) == (0, 0)
    assert ledger.summary().clearing["bank"] == 132_036
    with pytest.raises(Refused, match=r"act\.same_person"):
        approve(act, by=make.nao())
    approve(act)

    assert batch().status == "sent"
    assert set(Payout.objects.values_list("status", flat=True)) == {"sent"}
    assert ledger.verify() == []
    assert not DayLimit.objects.exclude(moved=0).exists()  # it moves what was earned, nothing else


def test_a_file_with_an_account_that_was_replaced_is_not_approved():
    ren = worker("Ren")
    act = made()
    by_file.bank(ren, number="7654321")

    with pytest.raises(Refused, match=r"batch\.account_changed"), transaction.atomic():
        approve(act)
    assert batch().status == "made"
    commands.refuse(act.pk, by=make.kei(), at=NOON, reason="Another account.")
    assert ledger.payable_of(ren.pk) > 0


def test_a_file_made_again_holds_nothing_that_the_first_one_holds():
    worker("Ren")
    made()

    with pytest.raises(Refused, match=r"batch\.in_the_making"), transaction.atomic():
        made(by=make.kei())
    approve(MoneyAct.objects.get())
    with pytest.raises(Refused, match=r"batch\.nothing_due"), transaction.atomic():
        made(by=make.kei())
    assert Payout.objects.count() == 1


def test_the_database_refuses_a_second_file_in_the_making_and_a_person_twice_in_one():
    ren = worker("Ren")
    made()
    one = Payout.objects.get()

    fields = {"transfer_on": DAY, "made_by": ren, "made_at": NOON, "count": 1, "total": 1}
    with pytest.raises(IntegrityError, match="batch_one_in_the_making"), transaction.atomic():
        PayoutBatch.objects.create(**fields)
    twin = {"account": ren, "bank": one.bank, "batch": batch(), "amount": 1, "created_at": NOON}
    with pytest.raises(IntegrityError, match="payout_once_in_a_batch"), transaction.atomic():
        Payout.objects.create(**twin)


def test_only_accounts_that_take_it_now_are_in_the_file():
    ren = worker("Ren")
    changed, held, refused = worker("Changed"), worker("Held"), worker("Refused")
    by_file.bank(changed, "7654321")  # 72 hours from now on
    holding.hold(held.pk, by=None, at=NOON, cause="office", reason="A look")
    BankAccount.objects.filter(account=refused).update(refused_at=NOON)
    looked_at = worker("Shop", holder="ハナヤ", reason="My shop")
    by_file.earn(make.account("Nowhere"), 100)
    worker("Nothing", 0)

    made()

    assert list(Payout.objects.values_list("account", flat=True)) == [ren.pk]
    obstacles = {one.account_id: one.obstacle for one in money.due_payouts(at=NOON)}
    assert obstacles == {
        changed.pk: "waiting",
        held.pk: "held",
        refused.pk: "refused",
        looked_at.pk: "holder",
        make.account("Nowhere").pk: "no_bank",
    }


@pytest.mark.parametrize("end", ["refuse", "withdraw", "lapse"])
def test_a_file_that_is_not_approved_leaves_everything_as_it_was(end):
    ren = worker("Ren")
    act = made()

    if end == "refuse":
        commands.refuse(act.pk, by=make.kei(), at=NOON, reason="Wrong day")
    elif end == "withdraw":
        commands.withdraw(act.pk, by=make.nao(), at=NOON)
    else:
        commands.tick(act.pk, at=act.due_at)

    assert (batch().status, batch().sealed) == ("cancelled", "")
    assert Payout.objects.get().status == "cancelled"
    assert ledger.payable_of(ren.pk) == 8_580
    assert queries.payouts_of(ren.pk) == []
    assert queries.bank_account_of(ren.pk).refused_at is None
    assert not Event.objects.filter(name__startswith="payout.").exists()
    assert ledger.verify() == []
    batches.make(by=make.kei(), at=NOON, transfer_on=DAY, reason="Again")
    assert ledger.payable_of(ren.pk) == 0


def test_the_banks_answer_books_each_row_paid_or_failed():
    ren, sora = worker("Ren"), worker("Sora", 123_456, "7654321")
    sent()

    booked = settle({sora: "2"})

    assert (booked.paid, booked.failed) == (1, 1)
    assert (batch().status, batch().due_at) == ("settled", None)
    assert [one.status for one in queries.payouts_of(ren.pk)] == ["paid"]
    assert [one.failure_code for one in queries.payouts_of(sora.pk)] == ["name_mismatch"]
    assert (ledger.payable_of(ren.pk), ledger.payable_of(sora.pk)) == (0, 123_456)
    assert queries.bank_account_of(sora.pk).refusal_code == "name_mismatch"
    assert ledger.verify() == []
    told = {one.name: one.people for one in Event.objects.filter(name__startswith="payout.")}
    assert told == {"payout.paid": [ren.pk], "payout.failed": [sora.pk]}
    settled = Event.objects.get(name="batch.settled")
    assert settled.people == sorted([make.nao().pk, make.kei().pk])
    assert (settled.facts["paid"], settled.facts["failed"]) == (1, 1)


def test_an_answer_handed_in_again_changes_nothing():
    worker("Ren")
    sora = worker("Sora")
    sent()
    settle({sora: "1"})
    before = ledger.summary()

    again = settle({sora: "1"})

    assert (again.paid, again.failed) == (0, 0)
    assert ledger.summary() == before
    assert Event.objects.filter(name="batch.settled").count() == 1


def test_what_a_bank_sends_back_days_later_is_payable_again():
    ren = worker("Ren")
    sent()
    settle()

    assert settle({ren: "3"}).failed == 1

    assert ledger.payable_of(ren.pk) == 8_580
    assert [one.status for one in queries.payouts_of(ren.pk)] == ["failed"]
    with pytest.raises(Refused, match=r"batch\.answer_contradicts"):
        settle()


def test_what_failed_goes_with_another_file_once_another_account_is_named():
    ren = worker("Ren")
    sent()
    settle({ren: "2"})
    with pytest.raises(Refused, match=r"batch\.nothing_due"), transaction.atomic():
        made(at=LATER, day=date(2026, 4, 7))

    by_file.bank(ren, "7654321", at=LATER)
    later = LATER + timedelta(days=3)
    made(at=later, day=date(2026, 4, 8))

    assert Payout.objects.order_by("id").last().amount == 8_580
    assert PayoutBatch.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda good: good[:-10], "truncated"),
        (lambda good: good.replace(b"00000085800", b"00000085810"), "altered"),
        (lambda good: good.replace(b"1234567890", b"1234567891"), "other_batch"),
        (lambda good: good.replace(b"8000001", b"8000002"), "totals"),
        (lambda good: b"", "shape"),
    ],
)
def test_an_answer_that_is_not_ours_books_nothing(change, code):
    ren = worker("Ren")
    sent()
    before = ledger.summary()

    with pytest.raises(Refused, match=rf"batch\.answer_{code}"):
        settle(answer=change(answered(file())) or b" ")

    assert ledger.summary() == before
    assert (batch().status, Payout.objects.get().status) == ("sent", "sent")
    assert queries.payouts_of(ren.pk)[0].finished_at is None


def test_a_row_that_cannot_be_booked_leaves_the_others_unbooked_too():
    ren, sora = worker("Ren"), worker("Sora")
    sent()
    settle({sora: "1"})
    returned = {Payout.objects.get(account=ren).pk: "1"}  # and Sora's arrived, it says
    before = ledger.summary()

    with pytest.raises(Refused, match="contradicts"), transaction.atomic():
        settle(answer=answered(file(), returned))

    assert ledger.summary() == before
    assert Payout.objects.get(account=ren).status == "paid"


def test_no_answer_is_taken_before_the_file_was_approved():
    worker("Ren")
    made()

    with pytest.raises(Refused, match=r"batch\.settle\.made"):
        settle()


def test_whoever_is_held_meanwhile_stops_the_whole_file():
    ren = worker("Ren")
    act = made()
    holding.hold(ren.pk, by=None, at=NOON, cause="office", reason="A look")

    with pytest.raises(Refused, match=r"batch\.somebody_held"), transaction.atomic():
        approve(act)
    assert batch().status == "made"


@pytest.mark.parametrize("person", [make.ren, make.mio])
def test_only_treasurers_make_a_file(person):
    worker("Ren")

    with pytest.raises(Refused, match=r"act\.not_treasurer"), transaction.atomic():
        made(by=person())
    assert not PayoutBatch.objects.exists()


def test_a_market_with_a_provider_makes_no_files_and_one_without_sends_nothing_by_itself(settings):
    ren = worker("Ren")

    sweeping.sweep(at=NOON)
    assert ledger.payable_of(ren.pk) == 8_580
    settings.PAYOUTS = {"by": "provider", "least": 0}
    with pytest.raises(Refused, match=r"batch\.not_by_file"), transaction.atomic():
        batching.make([ren.pk], by=make.nao(), at=NOON, transfer_on=DAY)


def test_a_restored_copy_pays_nobody():
    """D7"""
    worker("Ren")
    act = made()
    quarantine.begin()

    with pytest.raises(Refused, match=r"batch\.copy_is_held"), transaction.atomic():
        approve(act)


def test_no_number_stands_in_an_event_a_job_or_an_act():
    worker("Ren", number="7531864")
    sent()
    settle()

    for model in apps.get_models():
        rows = model._default_manager.using("default").values()
        assert "7531864" not in str(list(rows)), model


def test_a_sum_larger_than_a_row_of_the_file_goes_in_parts(settings):
    settings.RULES = replace(settings.RULES, price_most=10**10)
    ren = worker("Ren", 150_000_000)

    sent()

    assert batch().total == 99_999_999
    assert ledger.payable_of(ren.pk) == 50_000_001
