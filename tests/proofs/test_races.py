"""M5, T3: any two acts on one deal at the same instant end as if one had come after the other.

Every pair of acts that a state allows somebody (the clock included) is raced on real connections,
an act against itself too. What both are answered and what the database then holds, ledger, events
and statuses, must equal one of the two orders, which are walked beside it.
"""

from collections import Counter
from itertools import combinations_with_replacement

from django.db.models import Max

from enishi.contracts.commands import (
    changing,
    delivering,
    ending,
    holding,
    offering,
    settling,
    ticking,
)
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.escrow import queries as escrow
from enishi.events.models import Event
from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.kit.days import day_of, days_after
from enishi.payments.models import Chargeback
from enishi.proposals import commands as proposals
from enishi.proposals.models import Proposal
from enishi.reviews import commands as reviews
from tests import make
from tests.make import NOON
from tests.proofs import serial

BUDGET = 60
WEEK, FORTNIGHT = days_after(NOON, 7), days_after(NOON, 14)
FIVE = dict.fromkeys(("quality", "schedule", "communication", "partnership", "skill"), 5)


def _contract(state, **fields):
    return lambda: make.contract(state, **fields)


def _revising():
    deal = make.contract("delivered")
    delivering.ask_revision(_part(deal), by=deal.client, at=NOON, reason="Shorter, please.")
    return deal


def _changing():
    deal = make.contract("active")
    changing.request(
        _part(deal),
        by=deal.worker,
        at=NOON,
        due_on=day_of(WEEK),
        reason_kind="illness",
        reason="A cold.",
    )
    return deal


def _open():
    make.ren()  # who applies has joined before
    return make.job()


def _part(deal):
    return deal.milestones.get(position=1).pk


def _change(deal):
    return ChangeRequest.objects.get(milestone__contract=deal).pk


def _review(deal, by):
    reviews.write(deal.pk, by=by, at=NOON, scores=FIVE, overall=5, comment="Good.")


def _taken():
    """The client's bank took it back; the deal has not heard of it yet."""
    deal = make.contract("active")
    make.charge_back(make.milestone(deal))
    return deal


def _hears(deal):
    about = {"name": "chargeback.opened", "facts__purpose_id": _part(deal)}
    holding.hold(Event.objects.get(**about))


def _take_back(deal):
    make.charge_back(make.milestone(deal))


OF_THE_OFFICE = {
    "divide": lambda deal: settling.split(
        _part(deal), 20_000, by=deal.client, at=NOON, reason="A third of it is there."
    ),
    "take back": _take_back,
}
MOVE_MONEY = {  # "late" when nothing was ever delivered
    *("money arrives", "expire", "give back", "late", "divide"),
    *("take back", "hear of it", "accept", "deem"),
}
AGREE = {
    "agree": make.agree,
    "decline": lambda deal: offering.decline(deal.pk, by=deal.worker, at=NOON),
    "withdraw": lambda deal: offering.withdraw(deal.pk, by=deal.client, at=NOON),
    "lapse": lambda deal: ticking.contract(deal.pk, at=WEEK),
}
FUND = {
    "money arrives": lambda deal: make.fund(make.milestone(deal)),
    "expire": lambda deal: ticking.contract(deal.pk, at=WEEK),
}
WORK = {
    "deliver": lambda deal: delivering.deliver(
        _part(deal), by=deal.worker, at=NOON, body="Here it is."
    ),
    "give back": lambda deal: ending.give_back(
        _part(deal), by=deal.worker, at=NOON, reason="I fell ill."
    ),
    "late": lambda deal: ticking.milestone(_part(deal), at=days_after(NOON, 40)),
    "ask for another day": lambda deal: changing.request(
        _part(deal),
        by=deal.client,
        at=NOON,
        due_on=day_of(FORTNIGHT) + (day_of(FORTNIGHT) - day_of(NOON)),
        reason_kind="other",
        reason="There is time.",
    ),
    **OF_THE_OFFICE,
}
INSPECT = {
    "accept": lambda deal: delivering.accept(_part(deal), by=deal.client, at=NOON),
    "ask revision": lambda deal: delivering.ask_revision(
        _part(deal), by=deal.client, at=NOON, reason="Shorter, please."
    ),
    "deem": lambda deal: ticking.milestone(_part(deal), at=FORTNIGHT),
    "deliver again": WORK["deliver"],
    "give back": WORK["give back"],
    **OF_THE_OFFICE,
}
CHANGE = {
    "accept change": lambda deal: changing.accept(_change(deal), by=deal.client, at=NOON),
    "decline change": lambda deal: changing.decline(_change(deal), by=deal.client, at=NOON),
    "withdraw change": lambda deal: changing.withdraw(_change(deal), by=deal.worker, at=NOON),
    "lapse change": lambda deal: ticking.change(_change(deal), at=WEEK),
    "deliver": WORK["deliver"],
    "give back": WORK["give back"],
}
REVIEW = {
    "client reviews": lambda deal: _review(deal, deal.client),
    "worker reviews": lambda deal: _review(deal, deal.worker),
    "window closes": lambda deal: ticking.contract(deal.pk, at=FORTNIGHT),
}
PROPOSAL = {
    "decline": lambda sent: proposals.decline(sent.pk, by=sent.client, at=NOON, reason="other"),
    "withdraw": lambda sent: proposals.withdraw(sent.pk, by=sent.worker, at=NOON),
    "hold": lambda sent: proposals.hold(sent.pk, by=sent.worker, at=NOON, until=day_of(WEEK)),
    "offer": lambda sent: offering.offer(
        sent.pk, by=sent.client, at=NOON, terms=make.offer_terms()
    ),
    "lapse": lambda sent: proposals.tick(sent.pk, at=days_after(NOON, 40)),
    "close the post": lambda sent: jobs.close(sent.job_id, by=sent.client, at=NOON),
}
POST = {
    "apply": lambda post: make.proposal(to=post),
    "close": lambda post: jobs.close(post.pk, by=post.client, at=NOON),
    "deadline": lambda post: jobs.tick(post.pk, at=days_after(NOON, 15)),
}
STATES = {
    "offered": (_contract("offered"), AGREE),
    "agreed": (_contract("agreed"), FUND),
    "agreed in two parts": (_contract("agreed", parts=2), FUND),
    "funded": (_contract("active"), WORK),
    "delivered": (_contract("delivered"), INSPECT),
    "delivered, a second part to come": (_contract("delivered", parts=2), INSPECT),
    "revising": (_revising, WORK),
    "taken back": (_taken, {"hear of it": _hears, **WORK}),
    "a change is asked": (_changing, CHANGE),
    "completed": (_contract("completed"), REVIEW),
    "proposed": (make.proposal, PROPOSAL),
    "open": (_open, POST),
}
RACES = [
    (state, first, second)
    for state, (_, acts) in STATES.items()
    for first, second in combinations_with_replacement(acts, 2)
    if (first, second) != ("money arrives", "money arrives")  # tests/payments: one key, one row
]


class Looks:
    """The world as one thing left it, without numbers and times that differ from thing to thing."""

    def __init__(self):
        self.mark = Event.objects.aggregate(Max("id"))["id__max"] or 0
        self.money = self._money()

    @staticmethod
    def _money():
        found = escrow.summary()
        return Counter(escrow=found.escrow, payable=found.payable, fee=found.fee + found.fee_tax)

    def __call__(self, thing):
        now = self._money()
        moved = tuple((name, now[name] - self.money[name]) for name in sorted(now))
        heard = Counter(Event.objects.filter(id__gt=self.mark).values_list("name", flat=True))
        self.__init__()
        return (*_statuses(thing), moved, tuple(sorted(heard.items())))


def _nothing_is_owed():
    """Whoever owes makes no new deals: the bank decides for us about those of the last race."""
    for part in Milestone.objects.filter(pk__in=_taken_back()):
        make.charge_back(part, status="won")


def _taken_back():
    taken = Chargeback.objects.filter(status="open")
    return list(taken.values_list("payment__purpose_id", flat=True))


def _statuses(thing):
    if isinstance(thing, Job):
        sent = Proposal.objects.filter(job=thing).order_by("pk").values_list("status", flat=True)
        return Job.objects.get(pk=thing.pk).status, tuple(sent)
    if isinstance(thing, Proposal):
        deals = Contract.objects.filter(proposal=thing).values_list("status", flat=True)
        return Proposal.objects.get(pk=thing.pk).status, tuple(deals), _statuses(thing.job)
    parts = thing.milestones.order_by("position").values_list("status", "rounds_used")
    changes = ChangeRequest.objects.filter(milestone__contract=thing).order_by("pk")
    deal = Contract.objects.get(pk=thing.pk)
    return deal.status, deal.paid_total, tuple(parts), tuple(c.status for c in changes)


def _rounds(*acts):
    return 100 if MOVE_MONEY.issuperset(acts) else 20


def test_two_acts_at_once_end_like_one_after_the_other(market, proof):
    seen = Counter()
    with serial.pair() as two:
        for state, first, second in proof.sample(RACES, least=20):
            make_thing, acts = STATES[state]
            one, other = acts[first], acts[second]
            looks = Looks()

            def fresh(make_thing=make_thing, looks=looks):
                _nothing_is_owed()
                thing = make_thing()
                looks.__init__()
                return thing

            allowed = serial.serial(one, other, fresh, looks)
            assert not serial.faults(allowed), (state, first, second, allowed)
            for _ in range(_rounds(first, second) if proof.whole else 3):
                thing = fresh()
                found = serial.Outcome(two.race(one, other, thing), looks(thing))
                assert found in allowed, (state, first, second, found, allowed)
                seen[allowed.index(found)] += 1
    assert escrow.verify() == []
    proof.say(f"{sum(seen.values()):,} races; {seen[1]:,} won by the second")
