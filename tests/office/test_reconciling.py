"""M9 against a real provider's books: found, evidence kept, payouts of those hit held, closed."""

from datetime import timedelta

import pytest

from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.days import business_days_after
from enishi.office import commands, reconciling
from enishi.office.models import Difference, Reconciliation
from enishi.payments import connection
from enishi.payments import queries as payments
from enishi.payments.commands import banking, paying, paying_out, refunding, sweeping
from enishi.payments.models import Chargeback
from enishi.payments.provider import Unavailable
from tests import make
from tests.payments.walks import LATER, NOON, begin, settled
from tests.web.test_office_people import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(fresh_provider):
    return fresh_provider


def reconcile():
    return reconciling.reconcile(at=LATER)


def lines(provider):
    """The provider's books by the kind of what moved."""
    found = provider.all("/v1/balance_transactions?limit=100")
    return {one["reporting_category"]: one["id"] for one in found}


def alter(provider, name, lever="alter", **changes):
    path = f"/_control/objects/{name}/{lever}"
    provider.http.post(path, data=changes).raise_for_status()


def found():
    rows = Difference.objects.filter(status="open").order_by("id")
    return list(rows.values_list("kind", "effect"))


@pytest.fixture
def busy(provider, hana, ren):
    """Money came in, a part went back, a part went to the worker, and one payout came back."""
    from enishi.escrow import commands as escrow  # models: once Django is set up

    settled(provider, hana, 1, 10_000)
    refunding.refund("test", 1, 4_000, at=NOON, idem="refund-1")
    escrow.release("test", 1, to=ren.pk, net=5_000, fee=909, fee_tax=91, at=NOON, idem="release-1")
    bank = {"bank": "0001", "branch": "001", "holder": "レン", "name": "レン"}
    banking.add(by=ren, at=NOON, number="1111116", **bank)
    sweeping.sweep(at=NOON)
    provider.http.post("/_control/hurry").raise_for_status()
    sweeping.sweep(at=LATER)
    return provider


@pytest.fixture
def as_reader(client):
    enter(client, "mio")
    return client


def test_books_that_agree_have_no_difference(busy):
    run = reconcile()

    assert (run.found, run.compared) == (0, 4)
    assert run.held == run.booked == 6_000
    assert found() == []


@pytest.mark.parametrize(
    ("line", "lever", "changes", "kind", "effect"),
    [
        ("charge", "alter", {"amount": "10001"}, "amount", 1),
        ("refund", "alter", {"currency": "usd"}, "currency", 0),
        ("charge", "alter", {"fee": "1"}, "fee", 0),
        ("transfer", "forget", {}, "missing", 5_000),
        ("refund", "repeat", {}, "duplicate", -4_000),
    ],
)
def test_a_yen_of_difference_is_a_case_with_its_evidence(
    busy, as_reader, line, lever, changes, kind, effect
):
    alter(busy, lines(busy)[line], lever, **changes)

    reconcile()
    reconcile()

    assert found()[0] == (kind, effect)
    case = Difference.objects.order_by("id")[0]
    assert case.due_at == business_days_after(LATER, 2)
    assert case.ours or case.theirs
    for one in Difference.objects.all():
        page = as_reader.get(f"/office/differences/{one.pk}/").content.decode()
        assert f"{one.effect:,}".replace("-", "−") in page
    names = Event.objects.filter(name="difference.found").values_list("subject_id", flat=True)
    assert list(names).count(str(case.pk)) == 1


def test_payouts_of_those_hit_stand_still_and_of_nobody_else(busy, ren):
    alter(busy, lines(busy)["transfer"], amount="-5001")
    other = make.sora()

    reconcile()

    assert payments.is_held(ren.pk)
    assert not payments.is_held(other.pk)
    assert paying_out.pay_out_now(ren.pk, at=LATER) is None
    assert ledger.payable_of(ren.pk) == 5_000


def test_a_difference_that_is_no_longer_seen_lets_payouts_go_on(busy, ren):
    name = lines(busy)["transfer"]
    alter(busy, name, amount="-5001")
    reconcile()
    alter(busy, name, amount="-5000")

    reconcile()

    assert found() == []
    assert not payments.is_held(ren.pk)
    assert set(Difference.objects.values_list("status", flat=True)) == {"gone"}


@pytest.mark.parametrize(("how", "own"), [("explained", 0), ("corrected", 1)])
def test_two_treasurers_close_a_difference(busy, how, own):
    alter(busy, lines(busy)["charge"], amount="10001")
    busy.http.post("/_control/objects/none/alter")  # no such line: nothing happens
    reconcile()
    case = Difference.objects.get(kind="amount")
    facts = {"how": how}
    act = commands.propose(
        "close_difference", case.pk, by=make.nao(), at=LATER, reason="Seen.", facts=facts
    )
    commands.approve(act.pk, by=make.kei(), at=LATER)

    reconcile()

    case.refresh_from_db()
    assert (case.status, case.how) == ("closed", how)
    assert ledger.summary().own == own
    assert [kind for kind, _ in found() if kind != "balance"] == []
    assert ledger.verify() == []


def test_a_complaint_whose_webhook_was_lost_is_heard_of(busy, hana):
    busy.take_back(_payment(hana))

    run = reconcile()

    assert run.found == 0
    assert Chargeback.objects.get().status == "open"
    assert ledger.owed_by(hana.pk) == 10_000


def test_money_moved_there_by_hand_is_of_unknown_origin(busy):
    payee = busy.all("/v1/transfers?limit=1")[0]["destination"]
    form = {"amount": "70", "currency": "jpy", "destination": payee}
    busy.http.post("/v1/transfers", data=form).raise_for_status()

    reconcile()

    assert found() == [("unknown", -70)]


def test_a_provider_that_does_not_answer_changes_nothing(busy):
    for _ in range(2):
        busy.shape("error_before", "/v1/balance", method="GET")

    with pytest.raises(Unavailable):
        reconcile()
    assert not Reconciliation.objects.exists()


def _payment(hana):
    from enishi.payments.models import Payment

    return Payment.objects.get(payer=hana)


def awaited(provider, hana, purpose=5):
    payment = begin(hana, purpose)
    provider.pay(payment, "pm_jp_bank_transfer")
    return payment


def test_a_part_lies_beside_our_balance_and_agrees(provider, hana):
    """Nobody told us of it: it is booked first, instead of being a difference."""
    payment = awaited(provider, hana)
    provider.transfer(payment, 4_000)

    run = reconcile()

    assert (run.found, run.compared, run.held, run.booked) == (0, 1, 4_000, 4_000)
    assert ledger.escrow_of("test", 5) == 4_000


def test_a_payment_of_parts_is_one_movement(provider, hana):
    payment = awaited(provider, hana)
    for part in (4_000, 5_979):
        provider.transfer(payment, part)
        reconcile()

    run = reconcile()

    assert (run.found, run.compared, run.held, run.booked) == (0, 1, 9_979, 9_979)


def test_too_much_is_counted_until_it_is_back_and_afterwards(provider, hana):
    payment = awaited(provider, hana)
    provider.transfer(payment, 10_000)
    runs = [reconcile()]
    sweeping.sweep(at=LATER)  # the refund leaves
    runs.append(reconcile())
    provider.arrive()
    sweeping.sweep(at=LATER)
    runs.append(reconcile())

    assert [(run.found, run.held, run.booked) for run in runs] == [
        (0, 10_000, 10_000),
        (0, 9_979, 9_979),
        (0, 9_979, 9_979),
    ]


def test_money_that_somebody_took_from_beside_our_balance_is_found(provider, hana):
    payment = awaited(provider, hana)
    provider.transfer(payment, 4_000)
    reconcile()
    line = provider.all("/v1/events?limit=1&type=customer_cash_balance_transaction.created")[0]
    customer = line["data"]["object"]["customer"]
    rows = provider.all(f"/v1/customers/{customer}/cash_balance_transactions")
    funded = next(row["id"] for row in rows if row["type"] == "funded")
    alter(provider, funded, kind="customer_cash_balance_transaction", net_amount="3999")

    reconcile()

    assert found() == [("amount", -1)]
    row = Difference.objects.get()
    assert (row.movement, row.reference, row.people) == ("beside", str(payment.key), [hana.pk])
    assert payments.is_held(hana.pk)


def test_a_refund_on_its_way_is_no_difference(provider, hana):
    settled(provider, hana, 1, 10_000)
    refunding.refund("test", 1, 4_000, at=NOON, idem="refund-1")

    intended = reconcile()
    sweeping.sweep(at=LATER)
    sent = reconcile()

    assert [(run.found, run.held, run.booked) for run in (intended, sent)] == [
        (0, 10_000, 10_000),
        (0, 6_000, 6_000),
    ]


def test_a_payout_on_its_way_is_no_difference(busy, ren):
    bank = {"bank": "0001", "branch": "001", "holder": "レン", "name": "レン"}
    banking.add(by=ren, at=LATER, number="0001234", **bank)
    soon = LATER + timedelta(days=4)  # A8: an account that took another's place waits
    busy.shape("error_before", "/v1/transfers")
    with pytest.raises(Unavailable):
        paying_out.pay_out_now(ren.pk, at=soon)

    intended = reconcile()
    sweeping.sweep(at=soon + timedelta(minutes=11))
    sent = reconcile()

    assert [(run.found, run.held, run.booked) for run in (intended, sent)] == [
        (0, 6_000, 6_000),
        (0, 1_000, 1_000),
    ]


def test_what_moves_while_the_books_are_read_is_no_difference(provider, hana, monkeypatch):
    settled(provider, hana, 1, 10_000)
    there = connection.provider()
    listed = there.movements

    def meanwhile(since):
        found = list(listed(since))
        if not ledger.escrow_of("test", 2):
            settled(provider, hana, 2, 5_000)
        return found

    monkeypatch.setattr(there, "movements", meanwhile)
    monkeypatch.setattr(connection, "provider", lambda: there)

    run = reconcile()

    assert (run.found, run.compared, run.held, run.booked) == (0, 2, 15_000, 15_000)
    assert not Difference.objects.exists()


def test_a_payment_whose_parts_went_back_is_asked_about_no_more_after_a_while(
    provider, hana, monkeypatch
):
    payment = awaited(provider, hana)
    provider.transfer(payment, 4_000)
    reconcile()
    paying.cancel("test", 5, at=LATER)
    sweeping.sweep(at=LATER)
    provider.arrive()
    sweeping.sweep(at=LATER + timedelta(hours=1))
    asked = []
    count = paying.count

    def counted(pk, *, at):
        asked.append(pk)
        return count(pk, at=at)

    monkeypatch.setattr(paying, "count", counted)

    for when in (timedelta(days=80), timedelta(days=100)):
        assert reconciling.reconcile(at=LATER + when).found == 0

    assert asked == [payment.pk]


def test_a_payment_of_another_sum_that_is_not_booked_is_a_case(provider, hana):
    payment = begin(hana, 1, 10_000)
    provider.pay(payment)
    session = provider.http.get(f"/v1/checkout/sessions/{payment.provider_id}").json()
    alter(provider, session["payment_intent"], kind="payment_intent", amount_received="9999")
    alter(provider, lines(provider)["charge"], amount="9999")

    reconcile()

    assert ledger.escrow_of("test", 1) == 0
    assert found() == [("amount", 9_999), ("balance", 1)]
    assert Difference.objects.get(kind="amount").people == [hana.pk]
