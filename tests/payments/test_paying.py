"""A payer is sent to the provider, pays or fails, and the money stands in escrow once (B12)."""

import pytest
from django.db import transaction

from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.notifications import commands as notifications
from enishi.notifications.models import Notice, OutgoingMail
from enishi.payments import queries
from enishi.payments.commands import paying
from enishi.payments.models import Payment

from .walks import LATER, NOON, RETURN, begin, cleared, recorded, settled


def test_beginning_leads_to_the_providers_page(provider, hana):
    payment = begin(hana)

    assert payment.status == "requires_payment"
    page = provider.http.get(payment.hosted_url)
    assert "Pay ¥9,979" in page.text  # Hana reads English
    assert f"/payments/{payment.pk}/return/" in page.text
    assert ledger.held_total() == 0


def test_beginning_twice_leads_to_the_same_page(provider, hana):
    first, again = begin(hana), begin(hana)

    assert (again.pk, again.hosted_url) == (first.pk, first.hosted_url)
    assert Payment.objects.count() == 1


def test_a_paid_payment_stands_in_escrow_once(provider, hana):
    payment = settled(provider, hana)
    for _ in range(3):
        paying.settle(payment.pk, at=LATER)

    payment.refresh_from_db()
    assert (payment.status, payment.settled_at, payment.ask_at) == ("succeeded", NOON, None)
    assert ledger.escrow_of("test", 1) == 9_979
    assert recorded("payment.") == ["payment.settled"]
    event = Event.objects.get(name="payment.settled")
    assert (event.people, event.by_id) == ([hana.pk], hana.pk)
    assert event.facts == {"purpose_kind": "test", "purpose_id": 1, "amount": 9_979}


def test_a_declined_card_is_told_once_and_the_next_card_settles_once(provider, hana):
    payment = begin(hana)
    provider.pay(payment, "pm_card_chargeDeclinedInsufficientFunds")
    for _ in range(2):
        payment = paying.settle(payment.pk, at=NOON)

    assert (payment.status, payment.failure_code) == ("failed", "insufficient_funds")
    assert ledger.held_total() == 0

    again = begin(hana)
    assert (again.pk, again.status, again.hosted_url) == (
        payment.pk,
        "requires_payment",
        payment.hosted_url,
    )
    provider.pay(again)
    done = paying.settle(again.pk, at=LATER)

    assert (done.status, done.failure_code) == ("succeeded", "")
    assert recorded("payment.") == ["payment.failed", "payment.settled"]
    assert ledger.escrow_of("test", 1) == 9_979


def test_each_failed_try_is_told(provider, hana):
    payment = begin(hana)
    for _ in range(2):
        provider.pay(payment, "pm_card_chargeDeclined")
        paying.settle(payment.pk, at=NOON)

    assert recorded("payment.") == ["payment.failed", "payment.failed"]


def test_the_payer_hears_of_a_failed_try_by_notice_and_mail(provider, hana):
    """B15: a bank transfer fails days later, when nobody looks at the page."""
    payment = begin(hana)
    provider.pay(payment, "pm_card_chargeDeclined")
    paying.settle(payment.pk, at=NOON)

    notifications.tell(Event.objects.get(name="payment.failed"))

    assert list(Notice.objects.values_list("account_id", "kind")) == [(hana.pk, "payment.failed")]
    assert OutgoingMail.objects.get().to == hana.email


def test_a_card_that_failed_and_then_paid_before_we_asked_is_simply_paid(provider, hana):
    payment = begin(hana)
    provider.pay(payment, "pm_card_chargeDeclined")
    provider.pay(payment)

    assert paying.settle(payment.pk, at=NOON).status == "succeeded"
    assert recorded("payment.") == ["payment.settled"]


def test_a_bank_transfer_waits_with_its_instructions_and_then_settles(provider, hana):
    payment = begin(hana)
    provider.pay(payment, "pm_jp_bank_transfer")

    waiting = begin(hana)
    assert (waiting.pk, waiting.status) == (payment.pk, "processing")
    assert "エニシ(カ" in provider.http.get(waiting.hosted_url).text

    provider.http.post(waiting.hosted_url, data={"when": "now"})
    assert paying.settle(payment.pk, at=LATER).status == "succeeded"


def test_a_slow_card_that_is_being_confirmed_cannot_be_paid_twice(provider, hana, wait):
    payment = begin(hana)
    provider.pay(payment, "pm_card_slow")

    for amount in (9_979, 500):
        with pytest.raises(Refused, match=r"payment\.begin\.processing"):
            begin(hana, amount=amount)
    wait(lambda: paying.settle(payment.pk, at=LATER).status == "succeeded")


def test_a_slow_card_that_fails_in_the_end_leaves_room_for_a_new_payment(provider, hana, wait):
    payment = begin(hana)
    provider.pay(payment, "pm_card_slow_fail")

    wait(lambda: paying.settle(payment.pk, at=NOON).status == "cancelled")

    assert recorded("payment.") == ["payment.failed"]
    assert begin(hana).pk != payment.pk


def test_what_is_paid_is_not_begun_again(provider, hana):
    settled(provider, hana)

    for amount in (9_979, 500):
        with pytest.raises(Refused, match=r"payment\.begin\.succeeded"):
            begin(hana, amount=amount)


def test_what_was_paid_meanwhile_is_booked_instead_of_begun_again(provider, hana):
    payment = begin(hana)
    provider.pay(payment)

    with pytest.raises(Refused, match=r"payment\.begin\.succeeded"):
        begin(hana, amount=500)
    assert ledger.escrow_of("test", 1) == 9_979


def test_another_amount_closes_the_old_page_and_opens_a_new_one(provider, hana):
    old = begin(hana)
    new = begin(hana, amount=12_345)

    assert (new.status, new.amount) == ("requires_payment", 12_345)
    old.refresh_from_db()
    assert (old.status, old.ask_at) == ("cancelled", None)
    assert provider.http.get(f"/pay/{old.provider_id}").status_code == 404


def test_a_page_that_expired_is_followed_by_a_new_one(provider, hana):
    old = begin(hana)
    provider.http.post(f"/v1/checkout/sessions/{old.provider_id}/expire")

    assert begin(hana).pk != old.pk


def test_a_page_lives_a_day_and_the_next_visit_opens_another(provider, hana):
    old = begin(hana)
    session = provider.http.get(f"/v1/checkout/sessions/{old.provider_id}").json()
    assert session["expires_at"] - session["created"] == 24 * 60 * 60
    provider.http.post(f"/v1/checkout/sessions/{old.provider_id}/expire")
    assert paying.settle(old.pk, at=LATER).status == "cancelled"

    new = begin(hana)
    provider.pay(new)

    assert paying.settle(new.pk, at=LATER).status == "succeeded"
    assert ledger.escrow_of("test", 1) == 9_979


def test_money_that_was_only_authorised_is_not_paid(provider, hana):
    """It would expire after days, and work would have begun on nothing."""
    payment = begin(hana)
    provider.pay(payment, "pm_jp_bank_transfer")
    session = provider.http.get(f"/v1/checkout/sessions/{payment.provider_id}").json()
    change = {"kind": "payment_intent", "status": "requires_capture"}
    lever = f"/_control/objects/{session['payment_intent']}/alter"
    provider.http.post(lever, data=change).raise_for_status()

    assert paying.settle(payment.pk, at=NOON).status == "processing"
    assert ledger.held_total() == 0


def test_no_payment_is_ever_asked_to_be_captured_by_hand(provider, hana):
    payment = begin(hana)
    provider.pay(payment)
    intents = provider.all(f"/v1/payment_intents?customer={_customer(provider, payment)}")

    assert [one["capture_method"] for one in intents] == ["automatic"]
    asked = {"amount": "500", "currency": "jpy", "capture_method": "manual"}
    assert provider.http.post("/v1/payment_intents", data=asked).status_code == 400


def _customer(provider, payment):
    return provider.http.get(f"/v1/checkout/sessions/{payment.provider_id}").json()["customer"]


def test_cancelling_closes_the_page(provider, hana):
    payment = begin(hana)

    assert paying.cancel("test", 1, at=NOON).status == "cancelled"
    assert provider.http.get(payment.hosted_url).status_code == 404
    assert paying.cancel("test", 1, at=NOON) is None


def test_cancelling_a_transfer_that_is_awaited_stops_it(provider, hana):
    payment = begin(hana)
    provider.pay(payment, "pm_jp_bank_transfer")

    assert paying.cancel("test", 1, at=NOON).status == "cancelled"


def test_cancelling_what_was_just_paid_books_it(provider, hana):
    provider.pay(begin(hana))

    assert paying.cancel("test", 1, at=NOON).status == "succeeded"
    assert ledger.escrow_of("test", 1) == 9_979


@pytest.mark.parametrize("amount", [-1, 0, 49, 100_000_000, 2**31, 2**63])
def test_amounts_that_no_provider_takes_are_refused_in_words(provider, hana, amount):
    """M12"""
    with pytest.raises(Refused, match=r"payment\.amount_out_of_range"):
        begin(hana, amount=amount)
    assert not Payment.objects.exists()


def test_the_provider_is_never_called_inside_a_transaction(provider, hana):
    with pytest.raises(RuntimeError, match="inside a transaction"), transaction.atomic():
        begin(hana)


def test_the_newest_payment_of_a_purpose_is_told(provider, hana):
    assert queries.payment_of("test", 1) is None
    begin(hana)
    begin(hana, amount=500)

    found = queries.payment_of("test", 1)

    assert (found.status, found.amount) == ("requires_payment", 500)


def test_a_page_names_what_is_paid_for(provider, hana):
    payment = paying.begin(
        *("test", 1, 500),
        payer=hana,
        at=NOON,
        return_url=RETURN,
        description="Roadside stations " + "x" * 300,
    )

    assert "Roadside stations" in provider.http.get(payment.hosted_url).text


def test_ledger_and_provider_agree_to_the_yen(provider, hana):
    before = provider.holds() - cleared()

    for purpose, amount in enumerate((50, 9_979, 99_999_999), start=1):
        settled(provider, hana, purpose, amount)

    assert provider.holds() - cleared() == before
