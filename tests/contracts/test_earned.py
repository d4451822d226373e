"""CO8: what a worker is still owed, sum by sum, each with its day."""

from datetime import date, timedelta

import pytest

from enishi.contracts import earned
from enishi.contracts.commands import delivering
from enishi.escrow import commands as escrow
from enishi.escrow import queries as ledger
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def pay_out(person, amount, key, *, fails=False):
    facts = {"provider": "sandbox", "at": NOON}
    escrow.pay_out(person.pk, amount, **facts, idem=f"payout:{key}")
    if fails:
        escrow.payout_failed(person.pk, amount, **facts, idem=f"payout-failed:{key}")


def earn(person, amount, key, *, at=NOON):
    escrow.fund("test", key, amount, provider="sandbox", at=at, idem=f"fund-{key}")
    shares = {"net": amount, "fee": 0, "fee_tax": 0}
    escrow.release("test", key, to=person.pk, **shares, at=at, idem=f"earn-{key}")


def left(*people):
    return [(one.account_id, one.amount) for one in ledger.unpaid([who.pk for who in people])]


def test_what_was_earned_first_is_paid_first():
    ren = make.ren()
    for key, amount in enumerate((100, 200, 300), start=1):
        earn(ren, amount, key)
    pay_out(ren, 150, "a")

    assert left(ren) == [(ren.pk, 150), (ren.pk, 300)]
    pay_out(ren, 450, "b")
    assert left(ren) == []


def test_what_came_back_from_a_bank_is_owed_since_it_was_earned():
    ren = make.ren()
    earn(ren, 100, 1)
    pay_out(ren, 100, "a", fails=True)
    earn(ren, 200, 2, at=NOON + timedelta(days=5))

    found = ledger.unpaid([ren.pk])

    assert [(one.amount, one.at) for one in found] == [
        (100, NOON),
        (200, NOON + timedelta(days=5)),
    ]


def test_each_person_has_sums_of_their_own_and_one_statement_finds_them(
    django_assert_num_queries,
):
    people = [make.account(f"W{number}") for number in range(5)]
    for key, person in enumerate(people):
        earn(person, 100 + key, key + 1)

    with django_assert_num_queries(1):
        found = left(*people)

    assert found == [(person.pk, 100 + key) for key, person in enumerate(people)]


def test_a_sum_knows_its_deal_its_day_and_the_rule():
    contract = make.contract("completed", price=11_000)

    (found,) = earned.unpaid([contract.worker_id])

    assert (found.amount, found.contract_id, found.title) == (8_580, contract.pk, contract.title)
    assert (found.accepted_at, found.delivered_at) == (NOON, NOON)
    assert (found.pay.on, found.pay.rule) == (date(2026, 4, 16), "acceptance")
    assert earned.pay_days([contract.worker_id]) == {contract.worker_id: date(2026, 4, 16)}


def test_a_late_acceptance_is_paid_by_the_laws_day():
    """Fifty days pass between delivery and acceptance: the sixtieth is the 30th of May."""
    contract = make.contract("delivered", price=11_000)
    late = NOON + timedelta(days=50)
    delivering.accept(make.milestone(contract).pk, by=contract.client, at=late)

    (found,) = earned.unpaid([contract.worker_id])

    assert (found.pay.latest, found.pay.rule) == (date(2026, 5, 30), "delivery")
    assert found.pay.on == date(2026, 5, 29)


def test_nobody_who_is_owed_nothing_has_a_day():
    assert earned.pay_days([make.ren().pk]) == {}
    assert earned.unpaid([]) == []
