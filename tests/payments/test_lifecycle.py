"""Page, command and database agree on what may follow what."""

import pytest
from django.db import IntegrityError, transaction

from enishi.accounts.models import Account
from enishi.payments import lifecycle
from enishi.payments.models import (
    LOOKED_AT,
    BankAccount,
    Chargeback,
    HolderCheck,
    Payment,
    Payout,
    PayoutBatch,
    Refund,
)
from enishi.payments.refusals import SENTENCES

from .walks import NOON

PAYMENT_OF_1 = {
    "purpose_kind": "test",
    "purpose_id": 1,
    "amount": 500,
    "provider": "sandbox",
    "created_at": NOON,
    "ask_at": NOON,
}


def payment(people):
    return Payment.objects.create(payer=people[0], **PAYMENT_OF_1)


def refund(people):
    return Refund.objects.create(
        payment=payment(people), amount=1, idem="1", created_at=NOON, ask_at=NOON
    )


def payout(people):
    """In a batch: only there it may be cancelled."""
    bank = BankAccount.objects.create(account=people[1], added_at=NOON)
    facts = {"account": people[1], "bank": bank, "batch": batch(people)}
    return Payout.objects.create(amount=1, created_at=NOON, **facts)


def batch(people):
    facts = {"transfer_on": NOON.date(), "made_by": people[0], "made_at": NOON, "sha256": "0"}
    return PayoutBatch.objects.create(count=1, total=1, due_at=NOON, **facts)


def holder(people):
    bank = BankAccount.objects.create(account=people[1], added_at=NOON)
    facts = {"reason": "A shop", "asked_at": NOON, "due_at": NOON}
    return HolderCheck.objects.create(bank=bank, **facts)


def chargeback(people):
    return Chargeback.objects.create(
        payment=payment(people),
        provider_id="du_1",
        amount=1,
        owed=1,
        opened_at=NOON,
        due_at=NOON,
        ask_at=NOON,
    )


ROWS = {"payment": payment, "refund": refund, "payout": payout, "chargeback": chargeback}
ROWS |= {"batch": batch, "holder": holder}
ILLEGAL = [
    (cycle, old, new)
    for cycle in lifecycle.ALL
    for old in cycle.states
    for new in cycle.states
    if old != new and (old, new) not in cycle.edges
]


def facts(cycle, status) -> dict:
    """What the other constraints ask of a row in this state, so that only the move is at issue."""
    if cycle is lifecycle.PAYMENT:
        is_open, is_paid = status in lifecycle.PAYMENT_OPEN, status == "succeeded"
        charge = "ch" if is_paid else ""
        paid = {"settled_at": NOON if is_paid else None, "charge": charge}
        return {"ask_at": NOON if is_open else None} | paid
    if cycle is lifecycle.CHARGEBACK:
        is_open, is_owed = status in lifecycle.UNDECIDED, status in lifecycle.OWED
        decided = {"ask_at": NOON if is_open else None, "decided_at": None if is_open else NOON}
        return decided | {"owed": int(is_owed), "closed_at": None if is_owed else NOON}
    if cycle is lifecycle.BATCH:
        return {"sent_at": NOON if status in ("sent", "settled") else None}
    if cycle is lifecycle.HOLDER:
        somebody = Account.objects.earliest("pk") if status in LOOKED_AT else None
        return {"decided_by": somebody}
    is_open = status in lifecycle.UNFINISHED
    if cycle is lifecycle.PAYOUT:
        return {"finished_at": None if is_open else NOON}
    waits = {"due_at": NOON if status == "failed" else None}
    return {"ask_at": NOON if is_open else None, "finished_at": None if is_open else NOON} | waits


def walk_to(row, cycle, status):
    """The shortest legal way there."""
    ways, model = [[cycle.start]], type(row)
    while not any(way[-1] == status for way in ways):
        ways = [[*way, new] for way in ways for old, new in cycle.edges if old == way[-1]]
    way = next(way for way in ways if way[-1] == status)
    for state in way[1:]:
        model.objects.filter(pk=row.pk).update(status=state, **facts(cycle, state))


@pytest.mark.parametrize(
    ("cycle", "old", "new"), ILLEGAL, ids=[f"{c.name}-{o}-{n}" for c, o, n in ILLEGAL]
)
def test_the_database_refuses_every_move_outside_the_table(hana, ren, cycle, old, new):
    row = ROWS[cycle.name]((hana, ren))
    walk_to(row, cycle, old)

    rows = type(row).objects.filter(pk=row.pk)
    with pytest.raises(IntegrityError, match="illegal move"), transaction.atomic():
        rows.update(status=new, **facts(cycle, new))


@pytest.mark.parametrize("cycle", lifecycle.ALL, ids=lambda cycle: cycle.name)
def test_nothing_is_born_in_the_middle_of_its_life(hana, ren, cycle):
    row = ROWS[cycle.name]((hana, ren))
    copy = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    del copy["id"]
    copy.pop("key", None)
    type(row).objects.filter(pk=row.pk).update(**facts(cycle, cycle.start))
    last = cycle.states[-1]

    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.create(**copy | facts(cycle, last) | {"status": last})


@pytest.mark.parametrize("cycle", lifecycle.ALL, ids=lambda cycle: cycle.name)
def test_every_refusal_has_its_sentence(cycle):
    assert {f"{cycle.name}.{verb}.{state}" for state, verb in cycle.refused} <= SENTENCES.keys()
    assert {f"payment.begin.{state}" for state in lifecycle.PAYMENT.states} <= SENTENCES.keys()


def test_a_purpose_has_one_standing_payment(hana):
    Payment.objects.create(payer=hana, **PAYMENT_OF_1)

    with pytest.raises(IntegrityError, match="payment_once_per_purpose"), transaction.atomic():
        Payment.objects.create(payer=hana, **PAYMENT_OF_1)


@pytest.mark.parametrize("amount", [-1, 0, 49, 100_000_000, 2**62])
def test_amounts_out_of_range_are_not_stored(hana, amount):
    """M12"""
    with pytest.raises(IntegrityError, match="payment_amount_in_range"), transaction.atomic():
        Payment.objects.create(payer=hana, **PAYMENT_OF_1 | {"amount": amount})
