"""Where a person is paid: the holder against the person's own name, and the office's look at it."""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from enishi.accounts import sealing
from enishi.escrow import queries as ledger
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.payments import numbers, queries
from enishi.payments.commands import holders, paying_out
from enishi.payments.models import BankAccount, HolderCheck, PayoutBatch
from tests import make
from tests.make import NOON

from . import by_file
from .walks import recorded

pytestmark = pytest.mark.django_db
SHOP = {"holder": "ハナヤ", "reason": "It is my shop."}


@pytest.fixture(autouse=True)
def _by_file(settings):
    by_file.use(settings)


def check_of(person):
    return HolderCheck.objects.get(bank__account=person, bank__replaced_at=None)


def test_a_holder_who_is_the_person_needs_no_look():
    added = by_file.bank(make.ren(), holder="ﾐｽﾞﾉﾚﾝ", name="みずの れん")

    assert (added.holder, added.name, added.last4) == ("ミズノレン", "ミズノ レン", "1234")
    assert not HolderCheck.objects.exists()
    assert recorded("holder.") == []


def test_a_holder_who_differs_is_said_before_anything_is_kept():
    with pytest.raises(Refused) as refused:
        by_file.bank(make.ren(), holder="ハナヤ")

    assert refused.value.code == "bank_account.holder_differs"
    assert refused.value.facts == {"holder": "ハナヤ", "name": "ミズノ レン"}
    assert not BankAccount.objects.exists()


@pytest.mark.parametrize("name", ["", "水野 蓮", " "])
def test_ones_own_name_is_asked_for(name):
    with pytest.raises(Refused, match=r"bank_account\.name_shape"):
        by_file.bank(make.ren(), name=name)


def test_nothing_is_sent_to_an_account_that_the_office_has_not_looked_at():
    ren, nao = make.ren(), make.nao()
    by_file.bank(ren, **SHOP)
    check = check_of(ren)

    assert not BankAccount.objects.able(NOON).exists()
    assert queries.bank_account_of(ren.pk).holder_check == "waiting"
    assert check.due_at == business_days_after(NOON, 2)
    holders.confirm(check.pk, by=nao, at=NOON)

    assert BankAccount.objects.able(NOON).exists()
    assert recorded("holder.") == ["holder.asked", "holder.confirmed"]
    with pytest.raises(Refused, match=r"holder\.confirm\.confirmed"):
        holders.confirm(check.pk, by=nao, at=NOON)


def test_the_provider_is_not_told_to_pay_there_either(provider, ren, settings):
    settings.PAYOUTS = {"by": "provider", "least": 0}
    by_file.earn(ren, 500)
    by_file.bank(ren, bank="1100", branch="000", **SHOP)

    assert paying_out.pay_out_now(ren.pk, at=NOON) is None
    assert ledger.payable_of(ren.pk) == 500
    holders.confirm(check_of(ren).pk, by=make.nao(), at=NOON)
    assert paying_out._intend(ren.pk, at=NOON).amount == 500


def test_a_refused_holder_is_told_why_and_names_another_account():
    ren = make.ren()
    by_file.bank(ren, **SHOP)
    check = check_of(ren)
    with pytest.raises(Refused, match=r"holder\.reason_missing"):
        holders.refuse(check.pk, by=make.nao(), at=NOON, reason=" ")

    holders.refuse(check.pk, by=make.nao(), at=NOON, reason="It is somebody else's.")

    found = queries.bank_account_of(ren.pk)
    assert (found.refused_at, found.refusal_code) == (NOON, "holder_refused")
    assert not BankAccount.objects.able(NOON + timedelta(days=9)).exists()
    by_file.bank(ren, "7654321")
    assert BankAccount.objects.able(NOON + timedelta(hours=72)).exists()


def test_another_account_ends_the_look_at_the_one_before():
    ren = make.ren()
    by_file.bank(ren, **SHOP)
    check = check_of(ren)

    by_file.bank(ren, "7654321")

    check.refresh_from_db()
    assert (check.status, check.due_at) == ("dropped", None)


def test_a_thief_cannot_bring_a_name_along():
    """The name that was given first counts, whatever a later form says."""
    ren = make.ren()
    by_file.bank(ren)

    with pytest.raises(Refused, match=r"holder_differs"):
        by_file.bank(ren, "7654321", holder="ヌスツト", name="ヌスツト")
    added = by_file.bank(ren, "7654321", holder="ヌスツト", name="ヌスツト", reason="Mine.")
    assert added.name == "ミズノ レン"
    assert check_of(ren).status == "waiting"


def test_nobody_decides_about_an_account_of_their_own():
    nao = make.nao()
    by_file.bank(nao, **SHOP)

    with pytest.raises(Refused, match=r"holder\.own_account"):
        holders.confirm(check_of(nao).pk, by=nao, at=NOON)


def test_the_office_is_told_when_it_has_not_looked_in_time():
    """CL16"""
    ren = make.ren()
    by_file.bank(ren, **SHOP)
    check = check_of(ren)

    holders.tick(check.pk, at=check.due_at - timedelta(seconds=1))
    assert recorded("holder.") == ["holder.asked"]
    for _ in range(2):
        holders.tick(check.pk, at=check.due_at)
    assert recorded("holder.") == ["holder.asked", "holder.overdue"]


def test_a_look_without_a_clock_or_without_somebody_who_looked_is_refused_by_the_database():
    by_file.bank(make.ren(), **SHOP)

    for name, fields in (
        ("holder_waits_with_a_clock", {"due_at": None}),
        ("holder_decided_by_somebody", {"status": "confirmed"}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            HolderCheck.objects.update(**fields)


def test_a_number_lies_sealed_and_nowhere_else(caplog):
    with caplog.at_level(logging.DEBUG):
        added = by_file.bank(make.ren(), "7531864")

    assert numbers.unseal(added.sealed) == "7531864"
    for model in apps.get_models():
        assert "7531864" not in str(list(model._default_manager.using("default").values())), model
    assert "7531864" not in caplog.text


def test_a_number_is_opened_by_no_other_seal_and_sealed_anew_with_a_new_key(settings):
    added = by_file.bank(make.ren())
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(added.sealed)
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]

    assert numbers.reseal() == 1
    settings.SECRET_KEY_FALLBACKS = []

    added.refresh_from_db()
    assert numbers.unseal(added.sealed) == "0001234"
    assert PayoutBatch.objects.count() == 0


def test_an_account_of_another_way_of_paying_is_asked_for_again(settings):
    ren = make.ren()
    by_file.bank(ren)
    settings.PAYOUTS = {"by": "provider", "least": 0}

    assert not queries.bank_account_of(ren.pk).is_reachable
    by_file.earn(ren, 500)
    assert paying_out.pay_out_now(ren.pk, at=NOON) is None


def test_numbers_sealed_with_a_lost_key_are_named_in_a_sentence(settings):
    added = by_file.bank(make.ren())
    settings.SECRET_KEY = "n" * 50

    with pytest.raises(Refused, match=r"bank_account\.unreadable"):
        numbers.unseal(added.sealed)
