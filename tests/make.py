"""The cast, and builders that walk the real life cycles, so that no impossible state can be built.

Hana is a client, Ren a worker, Sora a stranger; Mio is an operator, Nao and Kei are treasurers.
Times default to NOON.
"""

import os
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts import queries
from enishi.contracts.commands import delivering, funding, offering
from enishi.contracts.models import Contract, Milestone
from enishi.contracts.policy import OfferTerms
from enishi.escrow import commands as escrow
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.jobs.policy import PlannedMilestone, Terms
from enishi.kit.days import day_of
from enishi.payments.commands import chargebacks
from enishi.payments.models import Payment
from enishi.payments.provider import Complaint
from enishi.profiles import commands as profiles
from enishi.proposals import commands as proposals
from enishi.proposals.models import Proposal

# A Wednesday, noon in Tokyo. Where a market's own clock runs, `NOON` in the environment is now.
NOON = datetime.fromisoformat(os.environ.get("NOON", "2026-04-01T03:00+00:00"))
PASSWORD = "correct horse battery"
QUESTIONS = ("How long have you written?", "Which day suits you?")


def account(name: str, role: str = "worker", **fields) -> Account:
    """A person who has joined; the same name gives the same person."""
    email = f"{name.lower()}@people.example"
    known = Account.objects.filter(email=email).first()
    if known:
        return known
    values = {"role": role, "joined_at": NOON - timedelta(days=400), "language": "en"} | fields
    return Account.objects.create_user(email, PASSWORD, name=name, **values)


def hana() -> Account:
    person = account("Hana", "client")
    profiles.present_client(
        by=person,
        at=NOON,
        kind="sole_trader",
        payer_kind="individual",
        recruiter_name="Hana",
        prefecture="13",
        city="Taito",
        address="1-2-3 Asakusa",
    )
    return person


def ren() -> Account:
    return account("Ren", "worker")


def sora() -> Account:
    return account("Sora", "worker")


def mio() -> Account:
    return account("Mio", office_grade="operator")


def nao() -> Account:
    return account("Nao", office_grade="treasurer")


def kei() -> Account:
    return account("Kei", office_grade="treasurer")


def terms(*, at=NOON, **changes) -> Terms:
    """Complete terms of a post with two questions and a fixed price, open for a fortnight."""
    values = {
        "title": "An article about roadside stations",
        "subcategory": "c01-s2",
        "description": "Talk to three people by video and write it down.",
        "deliverables": "3,000 characters as a text file",
        "acceptance": "The people named agree to the text.",
        "budget_min": 60_000,
        "budget_max": 60_000,
        "expected_hours": Decimal(20),
        "apply_by": day_of(at) + timedelta(days=14),
        "delivery_on": day_of(at) + timedelta(days=44),
        "questions": QUESTIONS,
        "place": "At home",
        "address": "1-2-3 Asakusa, Taito, Tokyo",
    }
    return Terms(**values | changes)


def job(status: str = "open", *, client: Account | None = None, at=NOON, **changes) -> Job:
    client = client or hana()
    made = jobs.draft(by=client, at=at, terms=terms(at=at, **changes))
    if status == "draft":
        return made
    made = jobs.open(made.pk, by=client, at=at)
    return jobs.close(made.pk, by=client, at=at) if status == "closed" else made


def proposal(
    *, to: Job | None = None, worker: Account | None = None, at=NOON, **fields
) -> Proposal:
    to = to or job(at=at)
    values = {
        "amount": 60_000,
        "delivery_on": to.delivery_on,
        "message": "I would like to do this.",
        "answers": dict.fromkeys(to.questions, "Yes."),
    }
    return proposals.send(to.pk, by=worker or ren(), at=at, **values | fields)


def offer_terms(price: int = 60_000, parts: int = 1, *, at=NOON, **changes) -> OfferTerms:
    """Terms equal to the post's, in as many equal milestones as asked, a fortnight apart."""
    post = terms(at=at)
    share = price // parts
    amounts = [share] * (parts - 1) + [price - share * (parts - 1)]
    milestones = tuple(
        PlannedMilestone(f"Part {n}", amount, day_of(at) + timedelta(days=14 * n))
        for n, amount in enumerate(amounts, start=1)
    )
    values = {
        "title": post.title,
        "content": post.description,
        "deliverable": post.deliverables,
        "acceptance": post.acceptance,
        "place": post.place,
        "milestones": milestones,
        "inspection_days": 14,
        "revision_rounds": 2,
    }
    return OfferTerms(**values | changes)


def contract(
    state: str = "offered", *, price: int = 60_000, parts: int = 1, at=NOON, **changes
) -> Contract:
    """A contract walked to a state: offered, agreed, active (first milestone funded),
    delivered, completed. Everything happens at the same instant."""
    sent = proposal(at=at)
    made = offering.offer(
        sent.pk, by=sent.client, at=at, terms=offer_terms(price, parts, at=at, **changes)
    )
    walk = ["offered", "agreed", "active", "delivered", "completed"]
    reached = walk.index(state)
    if reached >= 1:
        agree(made, at=at)
    for position in range(1, parts + 1 if state == "completed" else 2):
        if reached >= 2:
            fund(milestone(made, position), at=at)
        if reached >= 3:
            deliver(milestone(made, position), at=at)
        if reached >= 4:
            delivering.accept(milestone(made, position).pk, by=made.client, at=at)
    return Contract.objects.get(pk=made.pk)


def milestone(of: Contract, position: int = 1) -> Milestone:
    return of.milestones.select_related("contract").get(position=position)


def agree(made: Contract, *, at=NOON) -> Contract:
    confirmed = [row["item"] for row in made.differences]
    return offering.agree(made.pk, by=made.worker, at=at, confirmed=confirmed)


@transaction.atomic
def fund(part: Milestone, *, at=NOON) -> Milestone:
    """What the provider's settlement does: the payment, the ledger entry and the event, in one
    transaction."""
    amount = queries.pay_of(part).funded
    client = part.contract.client
    payment = Payment.objects.create(
        purpose_kind=funding.PURPOSE,
        purpose_id=part.pk,
        amount=amount,
        payer=client,
        provider="sandbox",
        created_at=at,
        ask_at=at,
    )
    for status, fields in (
        ("requires_payment", {}),
        ("succeeded", {"charge": f"ch_{part.pk}", "settled_at": at, "ask_at": None}),
    ):
        Payment.objects.filter(pk=payment.pk).update(status=status, **fields)
    idem = f"payment:{payment.key}"
    escrow.fund(funding.PURPOSE, part.pk, amount, provider="sandbox", at=at, idem=idem)
    facts = {"purpose_kind": funding.PURPOSE, "purpose_id": part.pk, "amount": amount}
    record("payment.settled", payment, by=client, at=at, people=[client], **facts)
    part.refresh_from_db()
    return part


def charge_back(
    part: Milestone, *, at=NOON, status: str = "open", amount: int = 0, name: str = "du"
) -> Event:
    """The client's bank takes back what was paid in, or has decided. Gives the event, which the
    deal hears of by a job."""
    found = Complaint(
        id=f"{name}_{part.pk}",
        charge=f"ch_{part.pk}",
        status=status,
        amount=amount or part.escrow_amount or 0,
        reason="fraudulent",
        answer_within=timedelta(days=9),
    )
    chargebacks.book(found, at=at)
    return Event.objects.filter(name__startswith="chargeback.").order_by("-id")[0]


def deliver(part: Milestone, *, at=NOON, body: str = "Here it is.") -> Milestone:
    delivering.deliver(part.pk, by=part.contract.worker, at=at, body=body)
    part.refresh_from_db()
    return part
