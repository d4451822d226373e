"""Hires walked by the real commands; only the provider is one that answers at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from unittest import mock

from enishi.accounts.models import Account
from enishi.contracts.commands import delivering, funding, offering
from enishi.contracts.models import Contract
from enishi.contracts.policy import OfferTerms
from enishi.events import delivery
from enishi.jobs import commands as jobs
from enishi.jobs.policy import PlannedMilestone, Terms
from enishi.kit import clock
from enishi.kit.days import day_of
from enishi.messaging import commands as messaging
from enishi.payments import connection, provider
from enishi.payments.commands import paying
from enishi.proposals import commands as proposals

numbers = count(1)


class Instant:
    """A provider that needs no time: what remains is what the market itself takes."""

    def open_payment(self, order: provider.Order) -> provider.Found:
        return provider.Found(order.reference, "requires_payment", order.amount, "http://there/")

    def payment(self, name: str) -> provider.Found:
        from enishi.payments.models import Payment

        amount = Payment.objects.values_list("amount", flat=True).get(provider_id=name)
        return provider.Found(name, "succeeded", amount, "", charge=f"ch_{name}")

    def pay_out(self, *, reference: str, **_: Any) -> provider.Transfer:
        return provider.Transfer(f"po_{reference}", "succeeded")


@contextmanager
def at_once() -> Iterator[None]:
    with mock.patch.object(connection, "provider", Instant):
        yield


def terms(number: int, at: datetime) -> Terms:
    return Terms(
        title=f"宿の紹介文 {number:07}",
        subcategory="c01-s2",
        description=f"第{number:07}号。三人に話を聞いて書きます。",
        deliverables=f"本文の原稿 {number:07}",
        acceptance=f"話した人が同意すること {number:07}",
        budget_min=60_000,
        budget_max=60_000,
        expected_hours=Decimal(20),
        apply_by=day_of(at) + timedelta(days=14),
        delivery_on=day_of(at) + timedelta(days=44),
        questions=("どのくらい書いていますか。",),
        place="在宅",
        address="東京都台東区浅草1-2-3",
    )


def offered(number: int, amount: int, parts: int, at: datetime) -> OfferTerms:
    planned = tuple(
        PlannedMilestone(
            f"第{number:07}号の{part}", amount + part * 1000, day_of(at) + timedelta(days=14 * part)
        )
        for part in range(1, parts + 1)
    )
    posted = terms(number, at)
    return OfferTerms(
        title=posted.title,
        content=posted.description,
        deliverable=posted.deliverables,
        acceptance=posted.acceptance,
        place=posted.place,
        milestones=planned,
        inspection_days=14,
        revision_rounds=2,
    )


def agreed(client: Account, worker: Account, *, parts: int, at: datetime) -> Contract:
    """A post, an application, an offer, and the worker's yes."""
    number = next(numbers)
    post = jobs.open(jobs.draft(by=client, at=at, terms=terms(number, at)).pk, by=client, at=at)
    sent = proposals.send(
        post.pk,
        by=worker,
        at=at,
        amount=60_000,
        delivery_on=post.delivery_on,
        message="書かせてください。",
        answers=dict.fromkeys(post.questions, "長く書いています。"),
    )
    wish = offered(number, 30_000 + number % 40 * 100, parts, at)
    made = offering.offer(sent.pk, by=client, at=at, terms=wish)
    confirmed = [row["item"] for row in made.differences]
    return offering.agree(made.pk, by=worker, at=at, confirmed=confirmed)


def part(made: Contract, position: int) -> int:
    return int(made.milestones.values_list("pk", flat=True).get(position=position))


def fund(milestone_id: int, client: Account, *, at: datetime) -> None:
    begun = funding.begin(milestone_id, by=client, at=at, return_url="http://here/{payment}/")
    paying.settle(begun.pk, at=at)


def delivered(wanted: int, *, worker_id: int) -> list[int]:
    """Deals of two milestones: the first paid, the second waits for its inspection; six messages.
    Every moment is another minute, so that no two rows read alike."""
    made = []
    worker = Account.objects.get(pk=worker_id)
    with at_once(), delivery.in_process():
        for client_id in range(100, 100 + wanted):
            client = Account.objects.get(pk=client_id)
            minutes = (clock.now() - timedelta(minutes=200 - n) for n in count())
            deal = agreed(client, worker, parts=2, at=next(minutes))
            for position in (1, 2):
                pk = part(deal, position)
                fund(pk, client, at=next(minutes))
                body = f"第{position}回の納品です。"
                delivering.deliver(pk, by=worker, at=next(minutes), body=body)
                if position == 1:
                    delivering.accept(pk, by=client, at=next(minutes))
            for number in range(6):
                by, body = (client, worker)[number % 2], f"{number}通目のご連絡です。{client_id}"
                messaging.post(deal.thread_id, by=by, at=next(minutes), body=body)
            messaging.read(deal.thread_id, by=worker, at=next(minutes))
            made.append(deal.pk)
    return made
