"""M9: each of the twelve kinds of difference is found, and nothing in a thousand clean days."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from enishi.office import books
from enishi.office.books import Booked, Known, Terms
from enishi.payments.provider import Movement

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
CLEAN = Terms(is_live=False, fee_most=360)


def line(kind="payment", reference="r1", amount=1_000, **changes) -> Movement:
    facts = {
        "id": f"txn_{kind}_{reference}",
        "kind": kind,
        "reference": reference,
        "source": f"src_{reference}",
        "amount": amount,
        "fee": 0,
        "currency": "jpy",
        "account": "",
        "is_live": False,
        "at": NOON,
    }
    return Movement(**facts | changes)


def booked(kind="payment", reference="r1", amount=1_000, **changes) -> Booked:
    return Booked(kind, reference, amount, NOON, people=(7,), **changes)


def nothing(key):
    return None


def compared(ours, theirs, known=nothing, terms=CLEAN):
    return books.compare(ours, theirs, known, terms)


def kinds(ours, theirs, known=nothing, terms=CLEAN):
    return [one.kind for one in compared(ours, theirs, known, terms).found]


PLANTED = {
    "missing": ([booked()], []),
    "unbooked": ([], [line("chargeback", "du_1", -1_000)]),
    "unknown": ([], [line(reference="")]),
    "amount": ([booked()], [line(amount=1_001)]),
    "currency": ([booked()], [line(currency="usd")]),
    "fee": ([booked()], [line(fee=37)]),
    "date": ([booked()], [line(at=NOON + timedelta(days=3, seconds=1))]),
    "duplicate": ([booked()], [line(id="txn_2"), line()]),
    "account": (
        [booked("transfer", amount=-500, account="acct_1")],
        [line("transfer", amount=-500, account="acct_2")],
    ),
    "mode": ([booked()], [line(is_live=True)]),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_difference_is_found_and_called_what_it_is(kind):
    ours, theirs = PLANTED[kind]

    assert kinds(ours, theirs) == [kind]


def test_what_had_ended_here_is_told_from_what_is_on_its_way():
    theirs = [line()]

    assert kinds([], theirs, lambda key: Known(is_over=True, people=(7,))) == ["ended"]
    going = compared([], theirs, lambda key: Known(is_over=False))
    assert (going.found, going.on_its_way) == ([], 1_000)


def test_a_balance_that_its_lines_do_not_explain_is_the_twelfth():
    outcome = compared([booked()], [line(fee=30)])

    assert books.balance(970, 1_000, outcome, fees=30) is None
    rest = books.balance(969, 1_000, outcome, fees=30)
    assert (rest.kind, rest.effect) == ("balance", -1)
    assert {*PLANTED, "ended", "balance"} == set(books.KINDS)


@pytest.mark.parametrize("kind", [kind for kind in PLANTED if kind != "fee"])
def test_a_difference_explains_the_balance_that_it_makes(kind):
    ours, theirs = PLANTED[kind]
    outcome = compared(ours, theirs)
    held, said = sum(one.amount for one in theirs), sum(one.amount for one in ours)

    assert books.balance(held, said, outcome, fees=0) is None


def test_whom_it_hits_is_known_and_nobody_else():
    ours = [booked(), replace(booked(reference="r2"), people=(8,))]
    found = compared(ours, [line(amount=999), line(reference="r2")]).found

    assert [one.people for one in found] == [(7,)]
    assert found[0].effect == -1


def test_a_thousand_clean_days_have_no_difference():
    chance = random.Random(20261129)
    kinds_of = {"payment": 1, "refund": -1, "refund_back": 1, "transfer": -1, "transfer_back": 1}
    number = 0
    for _ in range(1_000):
        ours, theirs = [], []
        for _ in range(chance.randrange(12)):
            number += 1
            kind, sign = chance.choice(list(kinds_of.items()))
            amount = sign * chance.randrange(1, 10**8)
            ours.append(booked(kind, f"r{number}", amount))
            later = NOON + timedelta(hours=chance.randrange(72))
            theirs.append(
                line(kind, f"r{number}", amount, fee=abs(amount) * 360 // 10_000, at=later)
            )
        chance.shuffle(theirs)
        outcome = compared(ours, theirs)
        fees = sum(one.fee for one in theirs)
        said = sum(one.amount for one in ours)
        assert outcome.found == []
        assert outcome.compared == len(ours)
        assert books.balance(said - fees, said, outcome, fees) is None
