"""A bank takes a payment back: the payer owes it, nobody else pays for it (M7, M11, PE2)."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.escrow import commands as escrow
from enishi.escrow import queries as ledger
from enishi.events.delivery import in_process
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.payments import queries, webhooks
from enishi.payments.commands import chargebacks, owing, paying, refunding, repaying, sweeping
from enishi.payments.models import Chargeback, Payment, Refund

from .test_webhooks import signed
from .walks import LATER, NOON, RETURN, cleared, recorded, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(provider, hana):
    """Paid into escrow, and taken back: (payment, complaint)."""
    payment = settled(provider, hana)
    return payment, provider.take_back(payment)


def heard(complaint, at=LATER):
    return chargebacks.hear(complaint, at=at)


def lost(provider, complaint):
    chargeback = heard(complaint)
    provider.decide(complaint, "lost")
    return chargebacks.settle(chargeback.pk, at=LATER)


def test_a_webhook_tells_and_the_payer_owes_what_the_bank_took(provider, taken, hana):
    payment, complaint = taken
    events = provider.all("/v1/events?limit=100&type=charge.dispute.created")
    event = next(one for one in events if one["data"]["object"]["id"] == complaint)
    body = json.dumps(event).encode()

    for _ in range(2):
        webhooks.receive(body, signed(body, provider.webhook_secret), at=LATER)

    chargeback = Chargeback.objects.get()
    assert (chargeback.payment, chargeback.status, chargeback.owed) == (payment, "open", 9_979)
    assert chargeback.due_at - LATER > timedelta(days=8)
    assert ledger.owed_by(hana.pk) == 9_979
    assert ledger.escrow_of("test", 1) == 9_979  # what was promised stays promised
    assert cleared() == 0
    assert recorded("chargeback.") == ["chargeback.opened"]
    assert queries.has_open_money(hana.pk)


def test_many_tellings_of_one_complaint_are_one_chargeback(taken):
    for _ in range(3):
        heard(taken[1])

    assert Chargeback.objects.count() == 1
    assert recorded("chargeback.") == ["chargeback.opened"]


def test_a_bank_that_decides_for_us_leaves_nothing_owed(provider, taken, hana):
    chargeback = heard(taken[1])
    provider.decide(taken[1], "won")

    for _ in range(2):
        chargeback = chargebacks.settle(chargeback.pk, at=LATER)

    assert (chargeback.status, chargeback.owed, chargeback.due_at) == ("won", 0, None)
    assert ledger.owed_by(hana.pk) == 0
    assert cleared() == 9_979
    assert recorded("chargeback.") == ["chargeback.opened", "chargeback.won"]


def test_the_office_tells_the_bank_its_side_once(provider, taken, ren):
    chargeback = heard(taken[1])

    said = chargebacks.answer(chargeback.pk, by=ren, at=LATER, text="Delivered on time.")

    assert (said.status, said.answer) == ("answered", "Delivered on time.")
    told = provider.http.get(f"/v1/disputes/{taken[1]}").json()
    assert told["evidence"] == {"uncategorized_text": "Delivered on time."}
    with pytest.raises(Refused, match=r"chargeback\.answer\.answered"):
        chargebacks.answer(chargeback.pk, by=ren, at=LATER, text="And more.")


@pytest.mark.parametrize("shape", ["error_after", "nonsense"])
def test_an_answer_that_got_lost_on_the_way_is_found_by_the_sweep(provider, taken, ren, shape):
    chargeback = heard(taken[1])
    provider.shape(shape, "/v1/disputes")
    with pytest.raises(Refused, match=r"payment\.provider_unavailable"):
        chargebacks.answer(chargeback.pk, by=ren, at=LATER, text="Delivered.")

    sweeping.sweep(at=LATER + timedelta(minutes=1))

    chargeback.refresh_from_db()
    assert chargeback.status in ("answered", "won")  # the sandbox's bank decides soon


def test_who_lost_pays_it_back_on_the_providers_page(provider, taken, hana, ren):
    chargeback = lost(provider, taken[1])
    with pytest.raises(Chargeback.DoesNotExist):
        repaying.begin(chargeback.pk, by=ren, at=LATER, return_url=RETURN)

    payment = repaying.begin(chargeback.pk, by=hana, at=LATER, return_url=RETURN)
    provider.pay(payment)
    for _ in range(2):
        paying.settle(payment.pk, at=LATER)

    chargeback.refresh_from_db()
    assert (payment.amount, chargeback.status, chargeback.owed) == (9_979, "recovered", 0)
    assert ledger.owed_by(hana.pk) == 0
    assert ledger.escrow_of("chargeback", chargeback.pk) == 0
    assert ledger.verify() == []


def test_a_part_of_what_is_owed_waits_for_the_rest(provider, taken, hana):
    chargeback = lost(provider, taken[1])
    payment = repaying.begin(chargeback.pk, by=hana, at=LATER, return_url=RETURN)
    provider.pay(payment, "pm_jp_bank_transfer")
    for part, owed in ((4_000, 9_979), (5_979, 0)):
        provider.transfer(payment, part)
        paying.settle(payment.pk, at=LATER)
        chargeback.refresh_from_db()
        assert chargeback.owed == owed

    told = Event.objects.get(name="chargeback.partly_paid")
    assert (told.people, told.facts["missing"]) == ([hana.pk], 5_979)
    assert ledger.owed_by(hana.pk) == 0


def test_what_was_paid_back_and_written_off_meanwhile_is_returned(provider, taken, hana, ren):
    chargeback = lost(provider, taken[1])
    payment = repaying.begin(chargeback.pk, by=hana, at=LATER, return_url=RETURN)
    owing.write_off(chargeback.pk, by=ren, at=LATER)
    provider.pay(payment)
    paying.settle(payment.pk, at=LATER)

    refund = Refund.objects.get()
    assert (refund.payment, refund.amount) == (payment, 9_979)
    assert ledger.owed_by(hana.pk) == 0
    assert ledger.summary().own == -9_979


def test_escrow_that_would_go_back_settles_what_is_owed(provider, taken, hana):
    chargeback = heard(taken[1])
    with pytest.raises(Refused, match=r"chargeback\.undecided"):
        refunding.give_back("test", 1, 9_979, at=LATER, idem="end-1")
    provider.decide(taken[1], "lost")
    chargebacks.settle(chargeback.pk, at=LATER)

    assert refunding.give_back("test", 1, 9_979, at=LATER, idem="end-1") == 0

    chargeback.refresh_from_db()
    assert chargeback.status == "recovered"
    assert (ledger.escrow_of("test", 1), ledger.owed_by(hana.pk), cleared()) == (0, 0, 0)
    assert not Refund.objects.exists()


def test_only_the_part_that_the_bank_took_is_settled_and_the_rest_is_sent(provider, hana):
    payment = settled(provider, hana)
    lost(provider, provider.take_back(payment, 4_000))

    assert refunding.give_back("test", 1, 9_979, at=LATER, idem="end-1") == 5_979
    assert Refund.objects.get().amount == 5_979
    assert ledger.owed_by(hana.pk) == 0


def test_a_chargeback_after_the_payout_takes_nothing_from_the_worker(provider, taken, hana, ren):
    """M11"""
    complaint = taken[1]
    shares = {"to": ren.pk, "net": 7_559, "fee": 2_200, "fee_tax": 220}
    escrow.release("test", 1, **shares, at=NOON, idem="release-1")
    escrow.pay_out(ren.pk, 7_559, provider="sandbox", at=NOON, idem="payout-1")

    chargeback = lost(provider, complaint)

    assert ledger.payable_of(ren.pk) == 0
    assert ledger.owed_by(hana.pk) == 9_979
    owing.write_off(chargeback.pk, by=ren, at=LATER)
    assert (ledger.owed_by(hana.pk), ledger.summary().own) == (0, -9_979)
    assert ledger.verify() == []


def test_only_what_was_lost_is_written_off(taken, ren):
    chargeback = heard(taken[1])

    with pytest.raises(Refused, match=r"chargeback\.write_off\.open"):
        owing.write_off(chargeback.pk, by=ren, at=LATER)


def test_a_complaint_about_no_payment_of_ours_changes_nothing(provider, hana):
    payment = settled(provider, hana)
    complaint = provider.take_back(payment)
    Payment.objects.filter(pk=payment.pk).update(charge="pi_another_program")

    assert heard(complaint) is None
    assert ledger.owed_by(hana.pk) == 0


def test_clocks_remind_the_office_then_the_payer(provider, taken):
    """CL16"""
    chargeback = heard(taken[1])
    chargebacks.tick(chargeback.pk, at=LATER + timedelta(days=6))
    chargebacks.tick(chargeback.pk, at=LATER + timedelta(days=9, minutes=1))
    provider.decide(taken[1], "lost")
    chargebacks.settle(chargeback.pk, at=LATER + timedelta(days=10))
    chargebacks.tick(chargeback.pk, at=LATER + timedelta(days=17))
    chargebacks.tick(chargeback.pk, at=LATER + timedelta(days=30))

    assert recorded("chargeback.")[1:] == [
        *("chargeback.reminded", "chargeback.overdue", "chargeback.lost"),
        *("chargeback.reminded", "chargeback.overdue"),
    ]


@pytest.mark.parametrize(
    "change", [{"owed": 0}, {"owed": 9_980}, {"ask_at": None}, {"due_at": None}]
)
def test_the_database_holds_a_chargeback_together(taken, change):
    chargeback = heard(taken[1])

    with pytest.raises(IntegrityError), transaction.atomic():
        Chargeback.objects.filter(pk=chargeback.pk).update(**change)


@pytest.mark.parametrize("end", ["written_off", "recovered"])
def test_a_part_for_what_is_not_owed_any_more_goes_back(provider, taken, hana, ren, end):
    """Else it would lie there for good: whoever owes nothing has no page to pay on."""
    chargeback = lost(provider, taken[1])
    payment = repaying.begin(chargeback.pk, by=hana, at=LATER, return_url=RETURN)
    provider.pay(payment, "pm_jp_bank_transfer")
    provider.transfer(payment, 4_000)
    paying.settle(payment.pk, at=LATER)
    with in_process():
        if end == "written_off":
            owing.write_off(chargeback.pk, by=ren, at=LATER)
        else:
            refunding.give_back("test", 1, 9_979, at=LATER, idem="end-1")

    for _ in range(2):
        sweeping.sweep(at=LATER)

    assert Payment.objects.get(pk=payment.pk).status == "cancelled"
    assert Refund.objects.get().amount == 4_000
    assert ledger.escrow_of("chargeback", chargeback.pk) == 0
    assert ledger.verify() == []


def test_a_part_that_comes_when_nothing_is_owed_any_more_goes_back(provider, taken, hana, ren):
    """Its page opened as the sum was written off, and was not called off."""
    chargeback = lost(provider, taken[1])
    payment = repaying.begin(chargeback.pk, by=hana, at=LATER, return_url=RETURN)
    owing.write_off(chargeback.pk, by=ren, at=LATER)
    provider.pay(payment, "pm_jp_bank_transfer")
    provider.transfer(payment, 4_000)
    paying.settle(payment.pk, at=LATER)

    for _ in range(2):
        sweeping.sweep(at=LATER)

    assert not Event.objects.filter(name="chargeback.partly_paid").exists()
    assert Refund.objects.get().amount == 4_000
    assert ledger.escrow_of("chargeback", chargeback.pk) == 0
