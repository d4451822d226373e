"""A person says where to be paid. The holder of the account is held against the person's own name:
what differs is said before anything is kept, and is looked at by the office if it is right."""

import uuid
from datetime import datetime
from unicodedata import normalize

from django.conf import settings
from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.payments import clocks, connection, kana, numbers, policy, provider
from enishi.payments.models import BankAccount, HolderCheck

from . import holders


def add(
    *,
    by: Account,
    at: datetime,
    bank: str,
    branch: str,
    holder: str,
    number: str,
    name: str = "",
    reason: str = "",
) -> BankAccount:
    """From now on this person is paid to this account, after a pause if it takes another's place
    (A8). `name` is the person's own and is asked once: afterwards the one that was given first
    counts. `reason` says why the holder differs from it, and lets the office look instead of
    refusing. The number goes to the provider and is not kept; without one it lies sealed.

    Raises Refused `bank_account.…`: number_shape, holder_shape, name_shape, holder_differs,
    refused; or `payment.provider_unavailable`."""
    bank, branch, number = (_plain(part) for part in (bank, branch, number))
    holder = kana.as_banks_write(holder)
    if not policy.is_bank_account(bank, branch, number):
        raise Refused.because("bank_account.number_shape")
    if not policy.is_holder(holder):
        raise Refused.because("bank_account.holder_shape")
    former = BankAccount.objects.filter(account=by, replaced_at=None).first()
    named = (former.name if former else "") or kana.as_banks_write(name)
    if not policy.is_holder(named):
        raise Refused.because("bank_account.name_shape")
    differs = not kana.agrees(holder, named)
    if differs and not reason.strip():
        raise Refused.because("bank_account.holder_differs", holder=holder, name=named)
    parts = {"bank": bank, "branch": branch, "holder": holder, "number": number}
    fresh = BankAccount(
        account=by,
        bank_code=bank,
        branch_code=branch,
        holder=holder,
        name=named,
        last4=number[-4:],
        added_at=at,
    )
    if connection.is_by_file():
        fresh.sealed = numbers.seal(number)
    else:
        _tell_provider(fresh, former, **parts)
    return _replace(fresh, at=at, reason=reason.strip() if differs else "")


def _plain(text: str) -> str:
    return normalize("NFKC", text).replace("-", "").strip()


def _tell_provider(fresh: BankAccount, former: BankAccount | None, **parts: str) -> None:
    try:
        added = connection.provider().add_bank(
            payee=former.payee if former else "",
            email=fresh.account.email,
            key=str(uuid.uuid4()),
            **parts,
        )
    except provider.Unavailable:
        raise Refused.because("payment.provider_unavailable") from None
    except provider.Declined as declined:
        raise Refused.because("bank_account.refused", reason=declined.code) from None
    fresh.bank_name, fresh.last4 = added.name, added.last4
    fresh.payee, fresh.token = added.payee, added.token


@transaction.atomic(durable=True)
def _replace(fresh: BankAccount, *, at: datetime, reason: str) -> BankAccount:
    account = Account.objects.select_for_update().get(pk=fresh.account_id)
    before = BankAccount.objects.select_for_update().filter(account=account, replaced_at=None)
    for one in before:
        holders.drop(one, at=at)
        one.replaced_at = at
        one.save(update_fields=["replaced_at"])
        fresh.pays_from = at + policy.HELD_AFTER_CHANGE
    fresh.save()
    record("bank_account.added", fresh, by=account, at=at, people=[account], last4=fresh.last4)
    if reason:
        _ask_the_office(fresh, by=account, at=at, reason=reason)
    return fresh


def _ask_the_office(fresh: BankAccount, *, by: Account, at: datetime, reason: str) -> None:
    asked = HolderCheck(bank=fresh, reason=reason, asked_at=at)
    due = business_days_after(at, settings.RULES.holder_business_days)
    asked.wait(clocks.looked_at(settings.RULES), since=at, due=due)
    asked.save()
    people = accounts.treasurers()
    record("holder.asked", asked, by=by, at=at, people=people, last4=fresh.last4)
