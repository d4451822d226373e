"""What must hold after every crash: our ledger is sound and equals the provider's books; each event
had its effects once; everyone concerned was told once; each file is whole. Run inside a client
process."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import httpx
from django.conf import settings
from django.db import connection

from enishi.accounts.models import Account
from enishi.escrow import queries as ledger
from enishi.events.models import Delivery, Event
from enishi.files import quarantine
from enishi.files import queries as files
from enishi.notifications.commands import MESSAGE
from enishi.notifications.letters.letter import knows
from enishi.notifications.models import Notice, OutgoingMail
from enishi.payments.models import BankAccount, Payment, Payout, Refund
from enishi.wiring import TELL

OURS = "enishi"


def faults() -> list[str]:
    """An empty list: all is as it must be."""
    found = [f"{one.subject}: {one.rule}" for one in ledger.verify()]
    found += _money()
    found += _subscribers()
    found += _told()
    found += _files()
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs where status = 'failed'")
        found += [f"job {name} failed for good" for (name,) in cursor.fetchall()]
    return found


def unsettled() -> list[str]:
    """What is still on its way, of itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, status from procrastinate_jobs"
            " where status in ('todo', 'doing') and not args ? 'timestamp'"
        )
        found = [f"job {name} is {status}" for name, status in cursor.fetchall()]
    found += [f"refund {one.pk} is {one.status}" for one in Refund.objects.exclude(ask_at=None)]
    found += [f"payout {one.pk} is {one.status}" for one in Payout.objects.exclude(ask_at=None)]
    able = set(
        BankAccount.objects.filter(replaced_at=None, refused_at=None).values_list(
            "account_id", flat=True
        )
    )
    owed = [pk for pk, _ in ledger.payable_accounts() if pk in able]
    return found + [f"account {pk} is owed something" for pk in owed]


def _money() -> Iterator[str]:
    """By our own reference, which the provider keeps with everything: the same, each once."""
    with _provider() as there:
        paid = Payment.objects.filter(status="succeeded").values_list("key", "amount")
        intents = [one for one in _all(there, "payment_intents") if one["status"] == "succeeded"]
        yield from _equal("payment", paid, intents, "amount_received")
        back = Refund.objects.filter(status__in=["sent", "succeeded"])
        refunds = [one for one in _all(there, "refunds") if one["status"] == "succeeded"]
        yield from _equal("refund", back.values_list("key", "amount"), refunds)
        out = Payout.objects.filter(status__in=["sent", "paid"]).values_list("key", "amount")
        moved = [one for one in _all(there, "transfers") if not one["reversed"]]
        yield from _equal("transfer", out, moved)
        payees = set(BankAccount.objects.values_list("payee", flat=True))
        arrived = [one for payee in payees for one in _all(there, "payouts", payee)]
        yield from _equal("payout", out, [one for one in arrived if one["status"] != "failed"])
        held = there.get("/v1/balance").raise_for_status().json()["available"][0]["amount"]
        held += there.get("/_control/cash").raise_for_status().json()["held"]
    cleared = -ledger.summary().clearing.get("sandbox", 0)
    if held != cleared:
        yield f"the provider holds {held}, our ledger says {cleared}"


def _equal(what: str, ours: Any, theirs: list[Any], amount: str = "amount") -> Iterator[str]:
    here = Counter((str(key), yen) for key, yen in ours)
    there = Counter((one["metadata"].get(OURS, ""), one[amount]) for one in theirs)
    for one, times in (here - there).items():
        yield f"{what} {one} is ours {times} times more than the provider's"
    for one, times in (there - here).items():
        yield f"{what} {one} is the provider's {times} times more than ours"


def _provider() -> httpx.Client:
    there = settings.PAYMENT_PROVIDER
    headers = {"authorization": f"Bearer {there['key']}"}
    return httpx.Client(base_url=str(there["url"]), headers=headers, timeout=20, trust_env=False)


def _all(there: httpx.Client, kind: str, account: str = "") -> list[Any]:
    found: list[Any] = []
    headers = {"stripe-account": account} if account else {}
    while True:
        asked = {"limit": "100"} | ({"starting_after": found[-1]["id"]} if found else {})
        page = there.get(f"/v1/{kind}", params=asked, headers=headers).raise_for_status().json()
        found += page["data"]
        if not page["has_more"]:
            return found


def _subscribers() -> Iterator[str]:
    """Every event reached everyone whom the wiring names, once."""
    later = import_module(settings.WIRING).LATER
    names = dict(Event.objects.values_list("pk", "name"))
    wanted = Counter((pk, path) for pk, name in names.items() for path in later.get(name, []))
    reached = Counter(Delivery.objects.values_list("event_id", "subscriber"))
    for pk, path in wanted.keys() | reached.keys():
        if wanted[pk, path] != reached[pk, path]:
            times = f"{reached[pk, path]} times, not {wanted[pk, path]}"
            yield f"{names[pk]} {pk} reached {path} {times}"


def _told() -> Iterator[str]:
    later = import_module(settings.WIRING).LATER
    here = set(Account.objects.filter(closed_at=None).values_list("pk", flat=True))
    wanted = {
        (event.pk, person)
        for event in Event.objects.exclude(name=MESSAGE)
        if TELL in later.get(event.name, []) and knows(event.name)
        for person in set(event.people) & here - {event.by_id}
    }
    for what, model in (("notice", Notice), ("mail", OutgoingMail)):
        rows = model.objects.exclude(event=None).exclude(event__name=MESSAGE)
        told = Counter(rows.values_list("event_id", "account_id"))
        for one in wanted | told.keys():
            if told[one] != (one in wanted):
                yield f"{told[one]} times a {what} of event {one[0]} to account {one[1]}"


def _files() -> Iterator[str]:
    """No row without the bytes that were handed in; those that were caught lie apart."""
    for stored in files.damaged():
        if not quarantine.place_of(stored).exists():
            yield f"file {stored.pk} is not as it was handed in"
