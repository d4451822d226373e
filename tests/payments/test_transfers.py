"""Bank transfers of a part, of the rest, of too much, or for a payment that is over: each yen is
booked once, belongs to its purpose, and goes back when it pays nothing."""

import json
import time
from itertools import permutations

import pytest
import stripe
from django.db import IntegrityError, transaction

from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.payments import connection, policy, webhooks
from enishi.payments.commands import paying, refunding, sweeping
from enishi.payments.models import Payment, Refund

from .walks import LATER, NOON, begin, cleared, recorded, settled

BANK = "pm_jp_bank_transfer"


@pytest.fixture
def awaited(provider, hana):
    """A payment of 9,979 yen whose payer chose the bank."""
    payment = begin(hana)
    provider.pay(payment, BANK)
    return paying.settle(payment.pk, at=NOON)


def kinds():
    return [
        (one.kind, sum(line.amount for line in one.lines if line.amount > 0))
        for one in ledger.entries_for("test", 1)
    ]


def sweep():
    return sweeping.sweep(at=LATER)


def test_a_part_stands_in_escrow_and_the_payment_waits_for_the_rest(provider, awaited):
    provider.transfer(awaited, 4_000)

    payment = paying.settle(awaited.pk, at=NOON)

    assert (payment.status, payment.arrived, payment.settled_at) == ("processing", 4_000, None)
    assert kinds() == [("partial_fund", 4_000)]
    assert ledger.escrow_of("test", 1) == 4_000
    assert recorded("payment.") == ["payment.part_arrived"]
    facts = Event.objects.get(name="payment.part_arrived").facts
    assert (facts["amount"], facts["part"], facts["arrived"]) == (9_979, 4_000, 4_000)


def test_the_rest_completes_it_once(provider, awaited):
    before = provider.holds() + provider.beside() - cleared()
    for part in (4_000, 979, 5_000):
        provider.transfer(awaited, part)
        for _ in range(3):
            payment = paying.settle(awaited.pk, at=NOON)
        assert provider.holds() + provider.beside() - cleared() == before

    assert (payment.status, payment.settled_at) == ("succeeded", NOON)
    assert kinds() == [("partial_fund", 4_000), ("partial_fund", 979), ("fund", 5_000)]
    assert ledger.escrow_of("test", 1) == 9_979
    told = ["payment.part_arrived", "payment.part_arrived", "payment.settled"]
    assert recorded("payment.") == told
    assert Event.objects.get(name="payment.settled").facts["amount"] == 9_979
    assert ledger.verify() == []


def test_parts_that_nobody_told_us_of_are_one_payment(provider, awaited):
    provider.transfer(awaited, 4_000)
    provider.transfer(awaited, 5_979)

    assert paying.settle(awaited.pk, at=NOON).status == "succeeded"
    assert kinds() == [("fund", 9_979)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_answers_that_come_out_of_order_book_each_yen_once(provider, awaited, order):
    """Each answer is what the provider said at some moment; ours may be booked in any order."""
    answers = [connection.provider().payment(awaited.provider_id)]
    for part in (4_000, 5_979):
        provider.transfer(awaited, part)
        answers.append(connection.provider().payment(awaited.provider_id))

    for turn in (*order, *order):
        paying._book(awaited.pk, answers[turn], at=NOON)

    assert ledger.escrow_of("test", 1) == 9_979
    assert Payment.objects.get().status == "succeeded"
    assert recorded("payment.").count("payment.settled") == 1
    assert recorded("payment.").count("payment.part_arrived") <= 1
    assert not Refund.objects.exists()


def test_what_is_too_much_goes_back(provider, awaited):
    before = provider.holds() + provider.beside() - cleared()
    provider.transfer(awaited, 4_000)
    paying.settle(awaited.pk, at=NOON)
    provider.transfer(awaited, 6_000)
    paying.settle(awaited.pk, at=NOON)

    assert kinds() == [("partial_fund", 4_000), ("fund", 5_979), ("excess", 21), ("refund", 21)]
    assert ledger.escrow_of("test", 1) == 9_979
    sweep()
    assert Refund.objects.get().status == "sent"
    provider.arrive()
    refund = refunding.settle(Refund.objects.get().pk, at=LATER)
    assert (refund.status, refund.amount, refund.of) == ("succeeded", 21, "transfer")
    assert provider.holds() + provider.beside() - cleared() == before
    assert recorded()[-2:] == ["payment.sent_back", "refund.succeeded"]


def test_money_that_comes_for_a_paid_payment_goes_back_however_often_it_is_told(provider, awaited):
    provider.transfer(awaited, 9_979)
    paying.settle(awaited.pk, at=NOON)
    for again in (500, 300):
        provider.transfer(awaited, again)
        for _ in range(2):
            paying.count(awaited.pk, at=LATER)
        sweep()

    back = Refund.objects.order_by("id").values_list("amount", "status", "of")
    assert list(back) == [(500, "sent", "transfer"), (300, "sent", "transfer")]
    assert ledger.escrow_of("test", 1) == 9_979
    assert provider.beside() == 0


def test_cancelling_sends_the_part_back(provider, awaited):
    before = provider.holds() + provider.beside() - cleared()
    provider.transfer(awaited, 4_000)
    paying.settle(awaited.pk, at=NOON)

    payment = paying.cancel("test", 1, at=LATER)

    assert (payment.status, payment.arrived) == ("cancelled", 4_000)
    assert kinds() == [("partial_fund", 4_000), ("refund", 4_000)]
    sweep()
    assert provider.beside() == 0
    assert provider.holds() + provider.beside() - cleared() == before
    provider.transfer(payment, 700)  # the account number still takes money
    paying.count(payment.pk, at=LATER)
    sweep()
    assert kinds()[2:] == [("partial_fund", 700), ("refund", 700)]
    assert (provider.beside(), ledger.escrow_of("test", 1)) == (0, 0)


def test_a_part_that_came_just_before_the_page_was_closed_goes_back_too(provider, awaited):
    provider.transfer(awaited, 4_000)  # nobody told us

    paying.cancel("test", 1, at=LATER)
    sweep()

    assert (provider.beside(), ledger.escrow_of("test", 1)) == (0, 0)


def test_what_nobody_wants_any_more_is_closed_by_the_next_sweep(provider, awaited):
    provider.transfer(awaited, 4_000)
    paying.settle(awaited.pk, at=NOON)

    paying.call_off("test", [1], at=LATER)
    paying.call_off("test", [1], at=LATER)
    sweep()

    assert Payment.objects.get().status == "cancelled"
    assert Refund.objects.get().amount == 4_000


def test_calling_off_what_was_just_paid_books_it(provider, awaited):
    provider.transfer(awaited, 9_979)
    paying.call_off("test", [1], at=LATER)
    sweep()

    assert Payment.objects.get().status == "succeeded"
    assert ledger.escrow_of("test", 1) == 9_979


def test_another_sum_sends_the_part_back_and_opens_a_new_page(provider, awaited, hana):
    provider.transfer(awaited, 4_000)
    paying.settle(awaited.pk, at=NOON)

    again = begin(hana, amount=12_000)

    assert (again.status, again.arrived) == ("requires_payment", 0)
    assert ledger.escrow_of("test", 1) == 0


def test_a_part_that_a_bank_sends_back_stands_in_escrow_again(provider, awaited):
    provider.transfer(awaited, 4_000)
    paying.cancel("test", 1, at=NOON)
    sweep()
    refund = Refund.objects.get()
    provider.http.post(f"/_control/refunds/{refund.provider_id}/fail").raise_for_status()

    refunding.settle(refund.pk, at=LATER)

    assert ledger.escrow_of("test", 1) == 4_000
    assert recorded("refund.") == ["refund.failed"]
    assert provider.beside() == 4_000


@pytest.mark.parametrize("shape", ["time_out_after", "error_after", "error_before", "rate_limit"])
def test_a_part_is_sent_back_once_however_the_provider_stumbles(provider, awaited, settings, shape):
    settings.PAYMENT_PROVIDER |= {"seconds": 0.5}
    provider.transfer(awaited, 4_000)
    paying.cancel("test", 1, at=NOON)
    refund = Refund.objects.get()
    provider.shape(shape, "/v1/refunds")
    sweep()

    refund.refresh_from_db()
    assert refund.status == "created"
    refunding.settle(refund.pk, at=LATER)

    ours = [
        one
        for one in provider.all("/v1/refunds?limit=100")
        if one["metadata"].get("enishi") == str(refund.key)
    ]
    assert [one["amount"] for one in ours] == [4_000]
    assert provider.beside() == 0


def test_the_whole_goes_back_by_the_payment_itself(provider, awaited):
    provider.transfer(awaited, 4_000)
    paying.settle(awaited.pk, at=NOON)
    provider.transfer(awaited, 5_979)
    paying.settle(awaited.pk, at=NOON)

    with transaction.atomic():
        refund = refunding.refund("test", 1, 9_979, at=LATER, idem="end")
    refunding.settle(refund.pk, at=LATER)

    assert (Refund.objects.get().of, ledger.escrow_of("test", 1)) == ("payment", 0)


def told(provider, payment):
    """Every event about this payment that the provider would send, oldest first."""
    mine = (str(payment.key), payment.customer)
    found = []
    for event in reversed(provider.all("/v1/events?limit=100")):
        subject = event["data"]["object"]
        if {(subject.get("metadata") or {}).get("enishi"), subject.get("customer")} & set(mine):
            found.append(json.dumps(event).encode())
    return found


def receive(provider, body):
    at = time.time_ns() // 10**9
    signed = stripe.WebhookSignature.generate_signature_header(
        body.decode(), provider.webhook_secret, at
    )
    return webhooks.receive(body, signed, at=LATER)


@pytest.mark.parametrize("turned", [False, True])
def test_events_twice_and_in_any_order_book_each_yen_once(provider, awaited, turned):
    """The events of a part are heard when all has come already, or each at its time."""
    for part in (4_000, 6_000):
        provider.transfer(awaited, part)
        if not turned:
            for body in told(provider, awaited):
                receive(provider, body)
    bodies = told(provider, awaited)
    for body in [*reversed(bodies), *bodies]:
        receive(provider, body)

    assert ledger.escrow_of("test", 1) == 9_979
    assert [one for one, _ in kinds()].count("excess") == 1
    assert recorded("payment.").count("payment.settled") == 1
    assert len(bodies) > 4
    assert ledger.verify() == []


def test_money_for_a_paid_payment_is_heard_of_by_a_webhook(provider, awaited):
    provider.transfer(awaited, 9_979)
    paying.settle(awaited.pk, at=NOON)
    provider.transfer(awaited, 700)

    receive(provider, told(provider, awaited)[-1])

    assert Refund.objects.get().amount == 700


def test_a_card_asks_for_no_bank_account(provider, hana):
    """The account of bank transfers is asked about only for who chose the bank."""
    provider.shape("rate_limit", "/v1/customers/", "GET")

    assert settled(provider, hana).status == "succeeded"

    assert provider.calls("rate_limit") == 1
    provider.http.get("/v1/customers/cus_none/cash_balance_transactions")


@pytest.mark.parametrize("arrived", [9_979, 12_000])
def test_sql_refuses_an_open_payment_with_all_its_money(awaited, arrived):
    with pytest.raises(IntegrityError, match="payment_part_is_less_than_the_whole"):
        Payment.objects.filter(pk=awaited.pk).update(arrived=arrived)


def test_sql_refuses_a_negative_part(awaited):
    with pytest.raises(IntegrityError, match="payment_(arrived_in_range|part_is_less_than)"):
        Payment.objects.filter(pk=awaited.pk).update(arrived=-1)


def test_what_is_booked_only_grows():
    assert policy.part(9_979, booked=0, arrived=4_000) == 4_000
    assert policy.part(9_979, booked=4_000, arrived=4_000) == 0
    assert policy.part(9_979, booked=4_000, arrived=1_000) == 0  # an older answer
    assert policy.part(9_979, booked=4_000, arrived=9_979) == 0  # the provider says when
    assert policy.excess(9_979, booked=4_000, arrived=9_979) == 0
    assert policy.excess(9_979, booked=4_000, arrived=10_000) == 21
    assert policy.excess(9_979, booked=10_000, arrived=10_000) == 0
    assert policy.excess(9_979, booked=10_000, arrived=10_500) == 500


def test_what_comes_after_a_part_was_sent_back_twice_goes_back_too(provider, awaited):
    provider.transfer(awaited, 4_000)
    paying.cancel("test", 1, at=NOON)
    sweep()
    first = Refund.objects.get()
    provider.http.post(f"/_control/refunds/{first.provider_id}/fail").raise_for_status()
    refunding.settle(first.pk, at=LATER)
    refunding.close(first.pk, at=LATER, how="again")
    provider.transfer(awaited, 700)
    paying.count(awaited.pk, at=LATER)
    sweep()

    sent = Refund.objects.exclude(status="closed").order_by("id").values_list("amount", "of")
    assert list(sent) == [(4_000, "transfer"), (700, "transfer")]
    assert (ledger.escrow_of("test", 1), provider.beside()) == (0, 0)
