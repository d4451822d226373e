"""A market that is filled by SQL stands as if people had walked it there."""

from datetime import timedelta
from itertools import count

import psycopg
import pytest
from django.db import connection

from benchmarks import deals
from benchmarks import market as measured
from benchmarks.filling import clocks, plan
from benchmarks.filling.fill import fill
from benchmarks.filling.ground import Ground, Size
from enishi.accounts.models import Account
from enishi.contracts.commands import delivering
from enishi.contracts.models import Contract, Delivery, Milestone
from enishi.escrow import queries as ledger
from enishi.escrow.models import Entry, Line
from enishi.events import delivery, sweep
from enishi.jobs.models import Job
from enishi.kit import clock
from enishi.messaging.models import Message, Thread, ThreadMember, Wait
from enishi.proposals.models import Proposal
from enishi.ranks import commands as ranks
from enishi.ranks.models import Standing
from enishi.reviews import commands as reviews
from enishi.reviews.models import Review, Spoken
from enishi.wiring import SWEPT

SMALL = Size(workers=100, clients=20, contracts=1_000)


@pytest.fixture
def filled(market):
    with psycopg.connect(measured.address("enishi_owner"), autocommit=True) as owner:
        owner.execute("grant temporary on database enishi to enishi_app")
    at = clock.now()
    fill(SMALL, at=at)
    return at


def test_a_filled_market_is_sound_and_nothing_in_it_is_due(filled):
    """The ledger has every rule of its own; states, dates and sums passed their constraints."""
    counts = dict(_counted(Contract)), dict(_counted(Milestone)), dict(_counted(Proposal))

    assert ledger.verify() == []
    assert [label for label in SWEPT if list(sweep.all_due(label, filled))] == []
    assert Contract.objects.count() == SMALL.contracts
    assert counts[0].keys() == {
        *("offered", "declined", "lapsed", "agreed", "expired", "active", "completed", "ended")
    }
    assert counts[1].keys() == {
        *("unfunded", "funded", "delivered", "accepted", "refunded", "cancelled")
    }
    assert counts[2].keys() == {"sent", "offered", "hired", "declined", "lapsed"}
    in_escrow = Milestone.objects.filter(status__in=("funded", "delivered"))
    assert ledger.held_total() == sum(in_escrow.values_list("escrow_amount", flat=True))


def test_what_was_filled_looks_as_the_commands_leave_it(filled):
    """Which columns hold something, row by row, for a whole deal that both sides rated."""
    like = Contract.objects.filter(status="completed", milestones__rounds_used=0, due_at=None)
    like = like.filter(milestones__is_deemed=False, milestones__late_at=None)
    both = [one for one in like if _is_usual(one)]
    made = _walked(filled)

    assert both
    assert _shape(both[0]) == _shape(made)


def test_ranks_of_a_filled_market_are_those_that_people_reach(filled):
    ranks.compute_all(at=filled)

    found = dict(Standing.objects.values_list("account_id", "rank"))
    assert {*found.values()} == {"unranked", "regular", "bronze", "silver", "certified"}
    told = Review.objects.published().count()
    assert Spoken.objects.count() >= told > 0


@pytest.mark.django_db
def test_the_same_seed_plans_the_same_deals_and_another_seed_others():
    def planned(seed):
        with connection.cursor() as cursor:
            ground = Ground(cursor, Size(100, 20, 1_000, seed=seed), at)
            clocks.make(ground)
            plan.make(ground, workers=0, clients=100)
            return ground.one("select md5(string_agg(deal::text, '' order by n)) from deal")

    with psycopg.connect(measured.address("enishi_owner"), autocommit=True) as owner:
        owner.execute("grant temporary on database enishi to enishi_app")
    at = clock.now()
    first = planned(1)

    assert planned(1) == first
    assert planned(2) != first


def _counted(model):
    return [(status, 1) for status in model.objects.values_list("status", flat=True).distinct()]


def _is_usual(contract):
    """Hired and paid in one piece, asked and answered, and rated by both."""
    waits = {*Wait.objects.filter(thread=contract.thread_id).values_list("closed_by", flat=True)}
    rated = Review.objects.published().filter(contract=contract).count()
    return rated == 2 and contract.milestones.count() == 1 and waits == {"message", "verb"}


def _walked(at):
    """The same deal by the real commands, two months ago."""
    client = Account.objects.filter(role="client", office_grade="").order_by("pk")[0]
    worker = Account.objects.filter(role="worker").order_by("pk")[0]
    moments = (at - timedelta(days=60) + timedelta(hours=number) for number in count())
    with deals.at_once(), delivery.in_process():
        made = deals.agreed(client, worker, parts=1, at=next(moments))
        piece = deals.part(made, 1)
        deals.fund(piece, client, at=next(moments))
        deals.messaging.post(made.thread_id, by=client, at=next(moments), body="いかがですか。")
        deals.messaging.post(made.thread_id, by=worker, at=next(moments), body="順調です。")
        deals.messaging.read(made.thread_id, by=client, at=next(moments))
        delivering.deliver(piece, by=worker, at=next(moments), body="納品です。")
        delivering.accept(piece, by=client, at=next(moments))
        scores = dict.fromkeys(("skill", "quality", "schedule", "communication", "partnership"), 5)
        for person in (client, worker):
            about = {"scores": scores, "overall": 5, "comment": "丁寧でした。"}
            reviews.write(made.pk, by=person, at=next(moments), **about)
    return Contract.objects.get(pk=made.pk)


def _shape(contract):
    """For each table the rows of this deal: column by column whether there is nothing, or what
    state there is."""
    pieces, thread = contract.milestones.all(), contract.thread_id
    entries = Entry.objects.filter(purpose_kind="milestone", purpose_id__in=pieces.values("pk"))
    rows = {
        "contract": Contract.objects.filter(pk=contract.pk),
        "piece": pieces,
        "delivery": Delivery.objects.filter(milestone__in=pieces),
        "proposal": Proposal.objects.filter(pk=contract.proposal_id),
        "thread": Thread.objects.filter(pk=thread),
        "member": ThreadMember.objects.filter(thread=thread),
        "said": Message.objects.filter(thread=thread),
        "wait": Wait.objects.filter(thread=thread),
        "review": Review.objects.filter(contract=contract),
        "spoken": Spoken.objects.filter(review__contract=contract),
        "entry": entries,
        "line": Line.objects.filter(entry__in=entries),
    }
    return {name: [_row(one) for one in found.order_by("pk")] for name, found in rows.items()}


ANYTHING = ("differences", "answers")  # of what was written, not of where it stands
KEPT = ("status", "closed_by", "position", "number", "kind", "fault", "is_deemed")


def _row(one):
    values = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    return {
        name: value if name in KEPT else value not in (None, "", [], {})
        for name, value in values.items()
        if name not in ANYTHING
    }


def test_a_job_that_is_filled_is_open_or_closed(filled):
    states = {*Job.objects.values_list("status", flat=True)}

    assert states == {"open", "closed"}
