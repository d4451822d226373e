"""What was earned reaches the bank once, or stays payable (CO8, CL18)."""

from datetime import timedelta
from itertools import count

import pytest
from django.apps import apps

from enishi.escrow import commands as escrow
from enishi.escrow import queries as ledger
from enishi.kit.errors import Refused
from enishi.payments import queries
from enishi.payments.commands import banking, paying_out, sweeping
from enishi.payments.models import BankAccount, Payout

from .walks import LATER, NOON, cleared, recorded, settled

GOOD, REFUSING = "0001234", "1111116"


def add_bank(ren, number=GOOD, **changes):
    parts = {"bank": "1100", "branch": "000", "holder": "ナツメ コトハ", "number": number}
    parts |= {"name": "ナツメ コトハ"}
    return banking.add(by=ren, at=NOON, **parts | changes)


@pytest.fixture
def earned(provider, hana, ren):
    """9,979 yen were funded; 7,559 of them are Ren's."""
    settled(provider, hana)
    escrow.release("test", 1, to=ren.pk, net=7_559, fee=2_200, fee_tax=220, at=NOON, idem="pay-1")


def finish(wait, at=LATER):
    minutes = (at + timedelta(minutes=n) for n in count())

    def is_done():
        sweeping.sweep(at=next(minutes))
        return not Payout.objects.filter(finished_at=None).exists()

    wait(is_done)


def test_a_bank_account_keeps_its_last_digits_only(provider, ren):
    added = add_bank(ren, holder="ﾅﾂﾒ　ｺﾄﾊ", bank="１１００")

    assert (added.last4, added.holder, added.bank_code) == ("1234", "ナツメ コトハ", "1100")
    assert added.bank_name == "えにし試験銀行"
    assert recorded("bank_account.") == ["bank_account.added"]
    for model in apps.get_models():
        rows = str(list(model._default_manager.using("default").values()))
        assert GOOD not in rows, model


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "123"}, "bank_account.number_shape"),
        ({"bank": "銀行"}, "bank_account.number_shape"),
        ({"branch": ""}, "bank_account.number_shape"),
        ({"holder": "夏目ことは"}, "bank_account.holder_shape"),
        ({"holder": " "}, "bank_account.holder_shape"),
    ],
)
def test_a_bank_account_in_another_shape_is_refused_in_words(provider, ren, changes, code):
    with pytest.raises(Refused) as refused:
        add_bank(ren, **changes)
    assert refused.value.code == code
    assert not BankAccount.objects.exists()


def test_a_new_bank_account_replaces_the_old_one(provider, ren):
    old, new = add_bank(ren), add_bank(ren, "7654321")

    assert queries.bank_account_of(ren.pk).last4 == "4321"
    assert new.payee == old.payee
    old.refresh_from_db()
    assert old.replaced_at == NOON


def test_nothing_is_sent_to_a_changed_bank_account_for_72_hours(provider, earned, ren):
    """A8: the thief of an account gains nothing before its owner could say so."""
    add_bank(ren)
    add_bank(ren, "7654321")
    just_before = NOON + timedelta(hours=72, seconds=-1)

    sweeping.sweep(at=just_before)
    assert paying_out.pay_out_now(ren.pk, at=just_before) is None
    assert ledger.payable_of(ren.pk) == 7_559

    payout = paying_out.pay_out_now(ren.pk, at=NOON + timedelta(hours=72))
    assert (payout.amount, payout.bank.last4) == (7_559, "4321")


def test_a_provider_that_does_not_answer_keeps_the_old_bank_account(provider, ren):
    old = add_bank(ren)
    provider.shape("error_before", "/v1/accounts")

    with pytest.raises(Refused, match=r"payment\.provider_unavailable"):
        add_bank(ren, "7654321")
    assert queries.bank_account_of(ren.pk).id == old.pk


def test_what_was_earned_is_paid_out_once(provider, earned, ren, wait):
    add_bank(ren)

    payout = paying_out.pay_out_now(ren.pk, at=NOON)

    assert (payout.status, payout.amount) == ("sent", 7_559)
    assert ledger.payable_of(ren.pk) == 0
    assert paying_out.pay_out_now(ren.pk, at=NOON) is None
    finish(wait)
    assert [(one.status, one.last4) for one in queries.payouts_of(ren.pk)] == [("paid", "1234")]
    assert recorded("payout.") == ["payout.paid"]


def test_the_sweep_pays_out_by_itself(provider, earned, ren, wait):
    add_bank(ren)

    finish(wait)

    assert [one.status for one in queries.payouts_of(ren.pk)] == ["paid"]


def test_without_a_bank_account_the_sum_stays_payable(provider, earned, ren):
    """CL18"""
    sweeping.sweep(at=LATER)

    assert paying_out.pay_out_now(ren.pk, at=NOON) is None
    assert ledger.payable_of(ren.pk) == 7_559
    waiting = queries.waiting_for_bank_account()
    assert [(one.account_id, one.amount) for one in waiting] == [(ren.pk, 7_559)]
    assert queries.has_open_money(ren.pk)


def test_a_refused_payout_is_payable_again_and_is_not_sent_there_again(provider, earned, ren, wait):
    before = provider.holds() - cleared()
    add_bank(ren, REFUSING)
    finish(wait)

    assert ledger.payable_of(ren.pk) == 7_559
    assert queries.bank_account_of(ren.pk).refusal_code == "no_account"
    assert recorded("payout.") == ["payout.failed"]
    for _ in range(3):
        sweeping.sweep(at=LATER + timedelta(hours=1))
    assert Payout.objects.count() == 1
    assert provider.holds() - cleared() == before  # the sum is back from the payee's balance too

    add_bank(ren)
    finish(wait, at=LATER + timedelta(days=3))
    assert [one.status for one in queries.payouts_of(ren.pk)] == ["paid", "failed"]
    assert ledger.payable_of(ren.pk) == 0
    assert ledger.verify() == []


def test_a_payout_waits_while_the_providers_own_balance_is_short(fresh_provider, ren, wait):
    """The money may be on its way to our balance there: nobody's bank is to blame."""
    provider = fresh_provider
    add_bank(ren)
    escrow.fund("test", 9, 50, provider="sandbox", at=NOON, idem="on-its-way")
    escrow.release("test", 9, to=ren.pk, net=50, fee=0, fee_tax=0, at=NOON, idem="pay-9")

    sweeping.sweep(at=NOON)
    assert [one.status for one in queries.payouts_of(ren.pk)] == ["created"]

    top_up = {"amount": "50", "currency": "jpy", "confirm": "true"}
    provider.http.post("/v1/payment_intents", data=top_up | {"payment_method": "pm_card_visa"})
    finish(wait)
    assert [one.status for one in queries.payouts_of(ren.pk)] == ["paid"]


def test_nothing_is_open_once_all_is_paid_out(provider, earned, hana, ren, wait):
    """PE6"""
    add_bank(ren)
    assert queries.has_open_money(ren.pk)
    finish(wait)

    assert not queries.has_open_money(ren.pk)
    assert not queries.has_open_money(hana.pk)


def test_a_payout_whose_answer_was_lost_for_days_is_made_once(provider, earned, hana, ren, wait):
    """The provider forgets a key after a day: then we look before we ask again (M6)."""
    settled(provider, hana, 2)  # what could be sent again by mistake
    payee = add_bank(ren).payee
    payout = paying_out._intend(ren.pk, at=NOON)
    paying_out._ask(payout, at=NOON)  # and nobody lived to book the answer
    provider.forget_keys()

    finish(wait, at=NOON + timedelta(days=2))

    moved = provider.all(f"/v1/transfers?destination={payee}")
    assert [one["amount"] for one in moved] == [7_559]
    assert Payout.objects.get().status == "paid"
    assert ledger.verify() == []
