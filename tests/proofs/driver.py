"""A client process: `python -m tests.proofs.driver` takes orders line by line, `["name", {…}]`, and
answers with `{"answer": …}`. What it does, it does by the commands, as pages and jobs do."""

import json
import sys
import traceback
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from enishi.cli import market

market.load()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from enishi.contracts import queries as contracts
from enishi.contracts.commands import delivering, ending, funding, offering
from enishi.contracts.models import Contract, Milestone
from enishi.events import tasks as events
from enishi.events.models import Event
from enishi.files import quarantine, sweeping
from enishi.files.models import StoredFile
from enishi.kit import clock
from enishi.messaging.models import Message
from enishi.notifications import outbox
from enishi.payments import tasks as payments
from enishi.payments.commands import banking
from enishi.payments.models import BankAccount, Chargeback, Payment, Payout, Refund
from tests import make
from tests.proofs import books

BANK = {"bank": "0001", "branch": "001", "holder": "レン", "name": "レン"}
GOOD, REFUSING = "0001234", "1111116"


def sign_in() -> dict[str, str]:
    """Sessions of the two, as the pages' cookies."""
    found = {}
    for person in (make.hana(), make.ren()):
        browser = Client()
        browser.force_login(person)
        found[person.name.lower()] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def hire(worker: str = "Ren") -> dict[str, int]:
    """A contract that both have agreed to, not funded."""
    made = agreed("Hana", worker)
    return {
        "contract": made.pk,
        "milestone": make.milestone(made).pk,
        "thread": made.thread_id,
    }


def agreed(client: str, worker: str) -> Contract:
    at = clock.now()
    person, other = make.account(client, "client"), make.account(worker)
    if client == "Hana":
        make.hana()
    sent = make.proposal(to=make.job(client=person, at=at), worker=other, at=at)
    made = offering.offer(sent.pk, by=person, at=at, terms=make.offer_terms(at=at))
    return make.agree(made, at=at)


@transaction.atomic
def overdue_offers(many: int) -> list[int]:
    """Offers of a month ago that nobody answered: the next sweep has to see to them. Not before
    they are made, or it would close the jobs under them."""
    ago = clock.now() - timedelta(days=30)
    found = []
    for _ in range(many):
        sent = make.proposal(to=make.job(at=ago), worker=make.sora(), at=ago)
        terms = make.offer_terms(at=ago)
        found.append(offering.offer(sent.pk, by=sent.client, at=ago, terms=terms).pk)
    return found


def _part(milestone: int) -> Milestone:
    return Milestone.objects.select_related("contract__client", "contract__worker").get(
        pk=milestone
    )


def fund(milestone: int) -> str:
    """Begun here, so that only the settling is watched; returns the provider's page to pay on."""
    part = _part(milestone)
    back = f"{settings.URL}/payments/{{payment}}/return/"
    begun = funding.begin(part.pk, by=part.contract.client, at=clock.now(), return_url=back)
    return begun.provider_id


def page(milestone: int) -> str:
    """The provider's page for a payment that was begun on our pages."""
    begun = Payment.objects.filter(purpose_id=milestone).exclude(status="cancelled")
    return begun.values_list("provider_id", flat=True).last() or ""


def deliver(milestone: int) -> None:
    make.deliver(_part(milestone), at=clock.now())


def accept(milestone: int) -> None:
    part = _part(milestone)
    delivering.accept(part.pk, by=part.contract.client, at=clock.now())


def give_back(milestone: int) -> None:
    part = _part(milestone)
    ending.give_back(part.pk, by=part.contract.worker, at=clock.now(), reason="I fell ill.")


def bank(worker: str = "Ren", *, refuses: bool = False) -> None:
    number = REFUSING if refuses else GOOD
    person = make.account(worker)
    banking.add(by=person, at=clock.now(), number=number, **BANK)


def wake() -> None:
    """The sweeps of the clocks and of the provider, now instead of at their next turn."""
    for task in (events.sweep_clocks, payments.sweep):
        with suppress(AlreadyEnqueued):
            task.configure(task_kwargs={"timestamp": 0}).defer()


def turn(kind: str) -> int:
    """A turn of a job of this kind; 0 if one waits already, which will do as well."""
    task = app.tasks[kind]
    try:
        return task.configure(task_kwargs={"timestamp": 0}).defer()
    except AlreadyEnqueued:
        return 0


def job(number: int) -> str:
    """What became of a job; a successful one is deleted."""
    with connection.cursor() as cursor:
        cursor.execute("select status from procrastinate_jobs where id = %s", [number])
        row = cursor.fetchone()
    return row[0] if row else "done"


def state(milestone: int) -> dict[str, Any]:
    part = _part(milestone)
    worker = part.contract.worker_id
    names = Event.objects.filter(facts__milestone_id=milestone).values_list("name", flat=True)
    return {
        "status": part.status,
        "contract": part.contract.status,
        "payments": list(
            Payment.objects.filter(purpose_id=milestone).values_list("status", flat=True)
        ),
        "charges": list(
            Payment.objects.filter(purpose_id=milestone).values_list("charge", flat=True)
        ),
        "chargebacks": list(
            Chargeback.objects.filter(payment__purpose_id=milestone).values_list(
                "status", flat=True
            )
        ),
        "refunds": list(
            Refund.objects.filter(payment__purpose_id=milestone).values_list("amount", flat=True)
        ),
        "payouts": list(Payout.objects.filter(account=worker).values_list("status", flat=True)),
        "paid": sum(
            Payout.objects.filter(account=worker, status="paid").values_list("amount", flat=True)
        ),
        "due": contracts.pay_of(part).net,
        "refused": BankAccount.objects.filter(account=worker, replaced_at=None)
        .exclude(refused_at=None)
        .exists(),
        "events": sorted(names),
    }


def write_mails(many: int) -> list[int]:
    """Mails as the sign-in pages send them; in a live market each gets a job."""
    at = clock.now()
    words = {"subject": "A mail", "text": "Words.", "html": "", "language": "en"}
    return [outbox.put(to=f"{one}@people.example", at=at, **words).pk for one in range(many)]


def mails() -> dict[str, Any]:
    sent = outbox.OutgoingMail.objects.exclude(sent_at=None)
    return {"sent": sent.count(), "all": outbox.OutgoingMail.objects.count()}


def said(thread: int) -> list[tuple[str, list[str]]]:
    """What stands in a thread: the words, and the hashes of the files with them."""
    messages = Message.objects.filter(thread=thread).prefetch_related("files__file")
    return [(one.body, [each.file.sha256 for each in one.files.all()]) for one in messages]


def strays() -> list[str]:
    """Bytes without a row, or rows without bytes, after the sweep of a day later (D4)."""
    quarantine.take_remaining()
    sweeping.sweep(older_than=-60)
    sweeping.free_broken(older_than=-60)
    there = {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    rows = {str(pk) for pk in StoredFile.objects.values_list("pk", flat=True)}
    return sorted((there - {".now"}) ^ rows)


def faults() -> list[str]:
    return books.faults()


def unsettled() -> list[str]:
    return books.unsettled()


ORDERS = {
    one.__name__: one
    for one in (
        *(sign_in, hire, overdue_offers, fund, page, deliver, accept, give_back, bank, wake),
        *(turn, job, state, write_mails, mails, said, strays, faults, unsettled),
    )
}


def main() -> None:
    for line in sys.stdin:
        name, values = json.loads(line)
        try:
            said = {"answer": ORDERS[name](**values)}
        except Exception:
            said = {"fault": traceback.format_exc()}
        connection.close()  # whatever is killed next, the next order begins with a new one
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
