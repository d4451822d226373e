"""PE2, M10: money moves by hand only when two treasurers agree, for a reason, within limits."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from enishi.accounts import commands as accounts
from enishi.contracts.commands import settling
from enishi.contracts.models import Milestone
from enishi.documents.models import Document
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.office import commands
from enishi.office.models import DayLimit, MoneyAct
from enishi.payments.commands import paying_out
from enishi.payments.models import BankAccount, Chargeback, Payout, Refund
from tests import make
from tests.make import NOON

LATER = NOON + timedelta(days=2)


def propose(kind, subject, *, by=None, **facts):
    by = by or make.nao()
    return commands.propose(kind, subject.pk, by=by, at=NOON, reason="It is due.", facts=facts)


def approve(act, *, by=None, at=NOON):
    return commands.approve(act.pk, by=by or make.kei(), at=at)


def correction(amount=300, direction="to_person", who=None):
    return propose("correction", who or make.ren(), amount=amount, direction=direction)


@pytest.mark.django_db
class TestTwoPeople:
    def test_nothing_moves_before_the_second_treasurer_agrees(self):
        act = correction()

        assert ledger.payable_of(act.subject_id) == 0
        assert act.due_at == business_days_after(NOON, 2)
        approve(act)
        assert ledger.payable_of(act.subject_id) == 300
        assert ledger.summary().own == -300
        told = Event.objects.get(name="act.approved")
        assert told.people == sorted([make.nao().pk, make.kei().pk])

    def test_whoever_proposed_it_does_not_decide_it(self):
        act = correction()

        with pytest.raises(Refused, match=r"act\.same_person"):
            approve(act, by=make.nao())
        with pytest.raises(Refused, match=r"act\.same_person"):
            commands.refuse(act.pk, by=make.nao(), at=NOON, reason="No")
        with pytest.raises(IntegrityError, match="act_decided_by_another"), transaction.atomic():
            MoneyAct.objects.update(status="approved", decided_by=make.nao(), decided_at=NOON)

    @pytest.mark.parametrize("person", [make.ren, make.mio])
    def test_only_treasurers_propose_and_decide(self, person):
        act = correction()

        for attempt in (
            lambda: propose(
                "correction", make.sora(), by=person(), amount=1, direction="to_person"
            ),
            lambda: approve(act, by=person()),
        ):
            with pytest.raises(Refused, match=r"act\.not_treasurer"):
                attempt()

    def test_a_grade_lost_between_the_steps_counts(self):
        act, kei = correction(), make.kei()
        accounts.dismiss(kei.email, at=NOON)

        with pytest.raises(Refused, match=r"act\.not_treasurer"):
            approve(act, by=kei)  # as the session still holds it

    def test_an_act_happens_once(self):
        act = correction()
        approve(act)

        with pytest.raises(Refused, match=r"act\.approve\.approved"):
            approve(act)
        assert ledger.payable_of(act.subject_id) == 300

    def test_one_of_a_kind_waits_for_one_subject(self):
        correction()

        with pytest.raises(Refused, match=r"act\.waits_already"):
            correction(200)

    def test_a_reason_is_asked_for(self):
        with pytest.raises(Refused, match=r"act\.reason_missing"):
            commands.propose("hold_payouts", make.ren().pk, by=make.nao(), at=NOON, reason=" ")
        act = correction()
        with pytest.raises(Refused, match=r"act\.reason_missing"):
            commands.refuse(act.pk, by=make.kei(), at=NOON, reason=" ")

    def test_refused_withdrawn_and_lapsed_acts_move_nothing(self):
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

    def test_the_days_limit_is_the_databases(self, settings):
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
    def test_an_amount_out_of_range_is_refused(self, amount):
        """M12"""
        with pytest.raises(Refused, match=r"escrow\.amount_out_of_range"):
            correction(amount)


@pytest.mark.django_db
class TestWhatTheyMove:
    def test_an_escrow_is_divided_and_fee_and_withholding_computed_anew(self):
        """CO8, CO9: half of 22,000 → F 2,200, tax 220, net 8,580; the rest goes back."""
        milestone = make.milestone(make.contract("delivered", price=22_000))
        approve(propose("split", milestone, part=11_000), at=LATER)

        milestone.refresh_from_db()
        milestone.contract.refresh_from_db()
        contract = milestone.contract
        assert (milestone.status, contract.status, contract.paid_total) == (
            *("settled", "completed", 11_000),
        )
        assert ledger.payable_of(contract.worker_id) == 8_580
        assert Refund.objects.get().amount == 11_000
        assert ledger.escrow_of("milestone", milestone.pk) == 0
        assert Event.objects.get(name="milestone.settled").facts["reason"] == "It is due."
        statement = Document.objects.get(kind="payment_statement").facts
        assert (statement["amount"], statement["net"]) == (11_000, 8_580)
        assert statement["settled"] == {"price": 22_000, "returned": 11_000, "reason": "It is due."}
        assert Document.objects.get(kind="invoice").facts["amount"] == 11_000
        assert ledger.verify() == []

    @pytest.mark.parametrize(
        ("part", "net", "back"), [(0, 0, 11_000), (11_000, 8_580, 0), (1, 1, 10_999)]
    )
    def test_nothing_everything_or_a_yen_may_be_paid(self, part, net, back):
        milestone = make.milestone(make.contract("active", price=11_000))
        approve(propose("split", milestone, part=part))

        worker_id = milestone.contract.worker_id
        assert (ledger.payable_of(worker_id), ledger.escrow_of("milestone", milestone.pk)) == (
            net,
            0,
        )
        assert sum(Refund.objects.values_list("amount", flat=True)) == back

    @pytest.mark.parametrize("part", [-1, 11_001])
    def test_a_part_lies_within_the_price(self, part):
        milestone = make.milestone(make.contract("active", price=11_000))

        with pytest.raises(Refused, match=r"milestone\.part_out_of_range"):
            propose("split", milestone, part=part)

    def test_what_ended_meanwhile_is_not_divided(self):
        contract = make.contract("active", price=11_000)
        milestone = make.milestone(contract)
        act = propose("split", milestone, part=1_000)
        settling.ending.give_back(milestone.pk, by=contract.worker, at=NOON, reason="Ill")

        with pytest.raises(Refused, match=r"milestone\.settle\.refunded"), transaction.atomic():
            approve(act)
        act.refresh_from_db()
        assert act.status == "proposed"

    def test_what_a_bank_kept_is_written_off(self):
        milestone = make.milestone(make.contract("delivered", price=11_000))
        make.charge_back(milestone, status="lost")
        chargeback = Chargeback.objects.get()
        approve(propose("write_off", chargeback))

        chargeback.refresh_from_db()
        assert (chargeback.status, chargeback.owed) == ("written_off", 0)
        assert ledger.owed_by(milestone.contract.client_id) == 0
        assert ledger.summary().own == -11_000

    def test_payouts_are_held_and_let_go(self):
        ren = make.ren()
        approve(correction(300, who=ren))
        BankAccount.objects.create(account=ren, payee="acct", token="ba", added_at=NOON)
        approve(propose("hold_payouts", ren))

        assert paying_out._intend(ren.pk, at=NOON) is None
        with pytest.raises(Refused, match=r"payout\.held_already"):
            propose("hold_payouts", ren)
        approve(propose("resume_payouts", ren))
        assert paying_out._intend(ren.pk, at=NOON).amount == 300
        assert Payout.objects.count() == 1
        names = Event.objects.filter(name__startswith="payout.").order_by("id")
        assert list(names.values_list("name", flat=True)) == ["payout.held", "payout.resumed"]

    def test_a_correction_takes_no_more_than_a_person_is_owed(self):
        act = correction(300, "from_person")

        with pytest.raises(Refused, match=r"escrow\.not_enough"), transaction.atomic():
            approve(act)

    def test_a_correction_follows_the_providers_books(self, settings):
        settings.PAYMENT_PROVIDER = settings.PAYMENT_PROVIDER | {"name": "sandbox"}
        approve(correction(40, "to_provider"))

        assert ledger.summary().clearing == {"sandbox": 40}
        assert ledger.summary().own == -40


def at_once(acts):
    """Run each in a thread with a connection of its own; what they gave or raised."""
    barrier, found = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
            found.append("done")
        except Refused as refused:
            found.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_twenty_approvals_at_the_cap_keep_to_the_limit(market, settings):
    """M10"""
    settings.RULES = replace(settings.RULES, money_acts_day_limit=1_000)
    kei = make.kei()
    acts = [correction(300, who=make.account(f"W{n}")) for n in range(20)]

    found = at_once([lambda act=act: approve(act, by=kei) for act in acts])

    assert found == ["act.over_the_day_limit"] * 17 + ["done"] * 3
    assert DayLimit.objects.get().moved == 900
    assert ledger.summary().own == -900


def test_two_treasurers_deciding_at_once_decide_once(market):
    act, other = correction(), make.account("Rei", office_grade="treasurer")
    kei = make.kei()

    found = at_once(
        [
            lambda: approve(act, by=kei),
            lambda: commands.refuse(act.pk, by=other, at=NOON, reason="No"),
        ]
    )

    assert found.count("done") == 1
    assert Milestone.objects.count() == 0
    assert ledger.payable_of(act.subject_id) == (
        300 if MoneyAct.objects.get().status == "approved" else 0
    )
