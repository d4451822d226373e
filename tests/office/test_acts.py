"""PE2, M10: money moves by hand only when two treasurers agree, for a reason, within limits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.accounts import commands as accounts
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.office import commands
from enishi.office.models import DayLimit, MoneyAct
from tests import make
from tests.make import NOON

from .acts import approve, correction, propose

LATER = NOON + timedelta(days=2)

pytestmark = pytest.mark.django_db


def test_nothing_moves_before_the_second_treasurer_agrees():
    act = correction()

    assert ledger.payable_of(act.subject_id) == 0
    assert act.due_at == business_days_after(NOON, 2)
    approve(act)
    assert ledger.payable_of(act.subject_id) == 300
    assert ledger.summary().own == -300
    told = Event.objects.get(name="act.approved")
    assert told.people == sorted([make.nao().pk, make.kei().pk])


def test_whoever_proposed_it_does_not_decide_it():
    act = correction()

    with pytest.raises(Refused, match=r"act\.same_person"):
        approve(act, by=make.nao())
    with pytest.raises(Refused, match=r"act\.same_person"):
        commands.refuse(act.pk, by=make.nao(), at=NOON, reason="No")
    with pytest.raises(IntegrityError, match="act_decided_by_another"), transaction.atomic():
        MoneyAct.objects.update(status="approved", decided_by=make.nao(), decided_at=NOON)


@pytest.mark.parametrize("kind", ["correction", "hold_payouts"])
def test_nobody_moves_their_own_money(kind):
    """M10: two people are not enough where one of them gains by it."""
    facts = {"amount": 300, "direction": "to_person"} if kind == "correction" else {}
    with pytest.raises(Refused, match=r"act\.own_money"):
        propose(kind, make.nao(), **facts)

    act = propose(kind, make.kei(), **facts)
    words = {"by": make.kei(), "at": NOON, "reason": "No"}
    for decide in (lambda: approve(act), lambda: commands.refuse(act.pk, **words)):
        with pytest.raises(Refused, match=r"act\.own_money"), transaction.atomic():
            decide()
    third = make.account("Rei", office_grade="treasurer")
    approve(act, by=third)
    assert ledger.payable_of(make.kei().pk) == facts.get("amount", 0)


@pytest.mark.parametrize("person", [make.ren, make.mio])
def test_only_treasurers_propose_and_decide(person):
    act = correction()

    for attempt in (
        lambda: propose("correction", make.sora(), by=person(), amount=1, direction="to_person"),
        lambda: approve(act, by=person()),
    ):
        with pytest.raises(Refused, match=r"act\.not_treasurer"):
            attempt()


def test_a_grade_lost_between_the_steps_counts():
    act, kei = correction(), make.kei()
    accounts.dismiss(kei.email, at=NOON)

    with pytest.raises(Refused, match=r"act\.not_treasurer"):
        approve(act, by=kei)  # as the session still holds it


def test_an_act_happens_once():
    act = correction()
    approve(act)

    with pytest.raises(Refused, match=r"act\.approve\.approved"):
        approve(act)
    assert ledger.payable_of(act.subject_id) == 300


def test_one_of_a_kind_waits_for_one_subject():
    correction()

    with pytest.raises(Refused, match=r"act\.waits_already"):
        correction(200)


def test_a_reason_is_asked_for():
    with pytest.raises(Refused, match=r"act\.reason_missing"):
        commands.propose("hold_payouts", make.ren().pk, by=make.nao(), at=NOON, reason=" ")
    act = correction()
    with pytest.raises(Refused, match=r"act\.reason_missing"):
        commands.refuse(act.pk, by=make.kei(), at=NOON, reason=" ")


def test_refused_withdrawn_and_lapsed_acts_move_nothing():
    """CL16"""
    refused, withdrawn, lapsed = (correction(who=make.account(name)) for name in "ABC")
    commands.refuse(refused.pk, by=make.kei(), at=NOON, reason="Too much")
    with pytest.raises(Refused, match=r"act\.not_yours"):
        commands.withdraw(withdrawn.pk, by=make.kei(), at=NOON)
    commands.withdraw(withdrawn.pk, by=make.nao(), at=NOON)
    commands.tick(lapsed.pk, at=business_days_after(NOON, 1))
    commands.tick(lapsed.pk, at=lapsed.due_at)

    assert list(MoneyAct.objects.order_by("id").values_list("status", flat=True)) == [
        *("refused", "withdrawn", "lapsed")
    ]
    assert Event.objects.filter(name="act.reminded").count() == 1
    assert ledger.summary().entries == 0


def test_the_days_limit_is_the_databases(settings):
    settings.RULES = replace(settings.RULES, money_acts_day_limit=500)
    first, second = (correction(300, who=make.account(name)) for name in "AB")
    approve(first)

    with pytest.raises(Refused, match=r"act\.over_the_day_limit") as refused:
        approve(second)
    assert refused.value.facts == {"left": 200}
    with pytest.raises(IntegrityError, match="day_within_its_limit"), transaction.atomic():
        DayLimit.objects.update(moved=501)
    approve(second, at=NOON + timedelta(days=1))


@pytest.mark.parametrize("amount", [-(2**63), -1, 0, 10**12 + 1, 2**63, 10**30])
def test_an_amount_out_of_range_is_refused(amount):
    """M12"""
    with pytest.raises(Refused, match=r"escrow\.amount_out_of_range"):
        correction(amount)
