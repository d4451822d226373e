"""Two groups that mostly hire and praise each other, so that the office's desk has something of the
review graph to look at (SA7): a ring of five and a pair, in small sums. Nothing of it is drawn by
chance, so the rest of the market is the same with and without them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from enishi.contracts.commands import delivering, funding, offering
from enishi.contracts.models import Contract, Milestone
from enishi.contracts.policy import OfferTerms
from enishi.jobs import commands as jobs
from enishi.jobs.policy import PlannedMilestone, Terms
from enishi.kit.days import day_of
from enishi.office import findings
from enishi.payments import rehearsal
from enishi.profiles import commands as profiles
from enishi.proposals import commands as proposals
from enishi.reviews import commands as reviews
from enishi.reviews.policy import ITEMS
from enishi.simulation.hours import at_hour
from enishi.simulation.world import World
from enishi.web.legal.texts import LEGAL_VERSION

from . import waiting

RING = ("青柳 透", "笹本 玲", "戸田 実", "久我 環", "仁科 恵")
PAIR = ("北条 歩", "南 光")
PEOPLE = (*RING, *PAIR)
# Who pays whom, in the order of days; the numbers are places in PEOPLE.
DEALS = (
    *((place, (place + 1) % 5) for place in range(5)),
    *((place, (place + 2) % 5) for place in range(3)),
    *((5, 6),) * 6,
)
JOINED, BEGAN, LOOKED = 60, 40, 1  # days ago
TITLE = "サービス名の案を1つ"
SAYS = "なんでもお手伝いします。"
PRICE = 1_000  # yen
COMMENTS = ("とても良かったです。", "また、よろしくお願いします。")
AN_HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Group:
    """The accounts from the day of joining, in the order of PEOPLE."""

    joined: list[Account]


def expect(world: World, *, today: date) -> None:
    """They join, deal once a day for two weeks, and the graph is read last night."""
    group = Group([])
    joins = at_hour(today - timedelta(days=JOINED), 11)
    world.enter(joins, join, group)
    for number, sides in enumerate(DEALS):
        begins = at_hour(today - timedelta(days=BEGAN - number), 12.2)
        world.enter(begins, deal, group, *sides)
    world.enter(at_hour(today - timedelta(days=LOOKED), 22.7), look)


def join(world: World, group: Group, at: datetime) -> None:
    for number, name in enumerate(PEOPLE, start=1):
        account = accounts.sign_up(
            f"circle{number}@simulated.example",
            None,
            name=name,
            role="worker",
            language="ja",
            version=LEGAL_VERSION,
            at=at,
        )
        profiles.present_client(
            by=account,
            at=at,
            kind="person",
            payer_kind="individual",
            recruiter_name=name,
            prefecture="13",
            city="台東区",
            address="浅草1-2-3",
            address_shown="city",
        )
        profiles.present_worker(by=account, at=at, introduction=SAYS, skills=[])
        group.joined.append(account)


def deal(world: World, group: Group, client: int, worker: int, at: datetime) -> None:
    """From the post to the money in escrow within one noon; the rest follows in the afternoon."""
    payer, payee = group.joined[client], group.joined[worker]
    due = day_of(at) + timedelta(days=7)
    job = jobs.publish(None, by=payer, at=at, terms=_terms(due))
    sent = proposals.send(
        job.pk,
        by=payee,
        at=at,
        amount=PRICE,
        delivery_on=due,
        message="すぐにお渡しできます。",
        answers={},
    )
    made = offering.offer(sent.pk, by=payer, at=at, terms=_offer(due))
    offering.agree(made.pk, by=payee, at=at, confirmed=[one["item"] for one in made.differences])
    jobs.close(job.pk, by=payer, at=at)
    part = Milestone.objects.get(contract=made)
    back = settings.URL + reverse("payment_return", args=[0]).replace("/0/", "/{payment}/")
    payment = funding.begin(part.pk, by=payer, at=at, return_url=back)
    rehearsal.pay(payment.pk, at=at)
    world.enter(at + AN_HOUR, finish, made.pk)


def finish(world: World, contract_id: int, at: datetime) -> None:
    """Handed in, accepted, and each says the best of the other."""
    made = Contract.objects.select_related("client", "worker").get(pk=contract_id)
    part = Milestone.objects.get(contract=made)
    delivering.deliver(part.pk, by=made.worker, at=at, body="案です。ご確認ください。")
    delivering.accept(part.pk, by=made.client, at=at)
    world.enter(at + timedelta(minutes=1), waiting.pay_out)
    for by, comment in zip((made.client, made.worker), COMMENTS, strict=True):
        reviews.write(
            contract_id,
            by=by,
            at=at,
            scores=dict.fromkeys(ITEMS, 5),
            overall=5,
            comment=comment,
            promises={"more_work": "none", "more_pay": "none"},
        )


def look(world: World, at: datetime) -> None:
    """What the office's program does each night."""
    findings.look(at=at)


def _terms(due: date) -> Terms:
    return Terms(
        title=TITLE,
        subcategory="c11-s1",
        description="新しいサービスの名前の案を1つ書いてください。",
        deliverables="案を1つ、文字で",
        acceptance="案が1つ書かれていること",
        budget_min=PRICE,
        budget_max=PRICE,
        expected_hours=Decimal(1),
        apply_by=due - timedelta(days=1),
        delivery_on=due,
        place="自宅など",
        address="東京都台東区浅草1-2-3",
    )


def _offer(due: date) -> OfferTerms:
    posted = _terms(due)
    return OfferTerms(
        title=posted.title,
        content=posted.description,
        deliverable=posted.deliverables,
        acceptance=posted.acceptance,
        place=posted.place,
        milestones=(PlannedMilestone("案を1つ", PRICE, due),),
        inspection_days=settings.RULES.inspection_days,
        revision_rounds=posted.revision_rounds,
    )
