"""C19: in every state, the commands themselves refuse what the tables do not know, with a sentence,
and change nothing."""

from datetime import timedelta

import pytest
from django.db import transaction

from enishi.contracts.commands import (
    changing,
    delivering,
    ending,
    funding,
    holding,
    offering,
    settling,
    ticking,
)
from enishi.contracts.lifecycle import CHANGE, CONTRACT, MILESTONE
from enishi.contracts.models import Contract
from enishi.jobs import commands as jobs
from enishi.jobs.lifecycle import JOB
from enishi.jobs.models import Job
from enishi.kit.errors import Refused
from enishi.proposals import commands as proposals
from enishi.proposals.lifecycle import PROPOSAL
from enishi.wiring import sentences
from tests import make
from tests.make import NOON

MONTH_END = NOON + timedelta(days=40)

CALLS = {
    ("contract", "agree"): make.agree,
    ("contract", "decline"): lambda it: offering.decline(it.pk, by=it.worker, at=NOON),
    ("contract", "withdraw"): lambda it: offering.withdraw(it.pk, by=it.client, at=NOON),
    ("milestone", "fund"): lambda it: funding.begin(
        it.pk, by=it.contract.client, at=NOON, return_url="http://localhost/"
    ),
    ("milestone", "deliver"): make.deliver,
    ("milestone", "ask_revision"): lambda it: delivering.ask_revision(
        it.pk, by=it.contract.client, at=NOON, reason="Softer"
    ),
    ("milestone", "accept"): lambda it: delivering.accept(it.pk, by=it.contract.client, at=NOON),
    ("milestone", "refund"): lambda it: ending.give_back(
        it.pk, by=it.contract.worker, at=NOON, reason="Ill"
    ),
    ("milestone", "settle"): lambda it: settling.split(
        it.pk, 1_000, by=make.nao(), at=NOON, reason="Half of it is there."
    ),
    ("change", "accept"): lambda it: changing.accept(it.pk, by=make.hana(), at=NOON),
    ("change", "decline"): lambda it: changing.decline(it.pk, by=make.hana(), at=NOON),
    ("change", "withdraw"): lambda it: changing.withdraw(it.pk, by=make.ren(), at=NOON),
    ("job", "open"): lambda it: jobs.open(it.pk, by=it.client, at=NOON),
    ("job", "close"): lambda it: jobs.close(it.pk, by=it.client, at=NOON),
    ("job", "discard"): lambda it: jobs.discard(it.pk, by=it.client, at=NOON),
    ("job", "resume"): lambda it: jobs.resume(it.pk, by=it.client, at=NOON),
    ("job", "reopen"): lambda it: jobs.reopen(
        it.pk, by=it.client, at=NOON, apply_by=it.apply_by, delivery_on=it.delivery_on
    ),
    ("proposal", "shortlist"): lambda it: proposals.shortlist(it.pk, by=it.client, at=NOON),
    ("proposal", "unlist"): lambda it: proposals.unlist(it.pk, by=it.client),
    ("proposal", "withdraw"): lambda it: proposals.withdraw(it.pk, by=it.worker, at=NOON),
    ("proposal", "decline"): lambda it: proposals.decline(
        it.pk, by=it.client, at=NOON, reason="filled"
    ),
    ("proposal", "offer"): lambda it: offering.offer(
        it.pk, by=it.client, at=NOON, terms=make.offer_terms()
    ),
}
# Nobody gives these: a clock, a payment or another command does; or they belong to a later issue.
UNCALLED = {
    "contract": {"lapse", "expire", "start", "complete", "end"},
    "milestone": {"cancel", "deem", "dispute", "hold", "resume"},
    "change": {"lapse"},
    "job": {"pause"},
    "proposal": {"hire", "free", "lapse"},
}
CYCLES = (CONTRACT, MILESTONE, CHANGE, JOB, PROPOSAL)


def contract_in(state):
    if state in ("offered", "agreed", "active", "completed"):
        return make.contract(state)
    if state in ("declined", "withdrawn"):
        made = make.contract()
        act = offering.decline if state == "declined" else offering.withdraw
        act(made.pk, by=made.worker if state == "declined" else made.client, at=NOON)
    elif state == "ended":
        made = make.contract("active")
        ending.give_back(make.milestone(made).pk, by=made.worker, at=NOON, reason="Ill")
    else:
        made = make.contract("offered" if state == "lapsed" else "agreed")
        ticking.contract(made.pk, at=MONTH_END)
    return Contract.objects.get(pk=made.pk)


def milestone_in(state):
    before = {"unfunded": "agreed", "cancelled": "expired", "accepted": "completed"}
    before |= {"refunded": "ended", "delivered": "delivered", "revising": "delivered"}
    stage = before.get(state, "active")
    made = make.contract(stage) if stage == "delivered" else contract_in(stage)
    part = make.milestone(made)
    if state == "revising":
        delivering.ask_revision(part.pk, by=made.client, at=NOON, reason="Softer")
    if state == "disputed":  # no command leads there yet
        made.milestones.update(status=state)
    elif state == "settled":
        settling.split(part.pk, 1_000, by=make.nao(), at=NOON, reason="Half of it is there.")
    elif state == "held":
        holding.hold(make.charge_back(part))
    return make.milestone(made)


def change_in(state):
    part = make.milestone(make.contract("active"))
    asked = changing.request(
        part.pk,
        by=make.ren(),
        at=NOON,
        due_on=part.due_on + timedelta(days=3),
        reason_kind="illness",
        reason="A cold",
    )
    if state == "lapsed":
        ticking.change(asked.pk, at=MONTH_END)
    elif state == "withdrawn":
        changing.withdraw(asked.pk, by=make.ren(), at=NOON)
    elif state != "requested":
        act = changing.accept if state == "accepted" else changing.decline
        act(asked.pk, by=make.hana(), at=NOON)
    asked.refresh_from_db()
    return asked


def job_in(state):
    made = make.job("draft" if state in ("draft", "discarded") else "open")
    if state == "discarded":
        return jobs.discard(made.pk, by=made.client, at=NOON)
    if state == "paused":
        jobs.pause(made, at=NOON)
    return jobs.close(made.pk, by=made.client, at=NOON) if state == "closed" else made


def proposal_in(state):
    if state in ("offered", "hired"):
        return contract_in("offered" if state == "offered" else "agreed").proposal
    made = make.proposal()
    if state == "shortlisted":
        proposals.shortlist(made.pk, by=made.client, at=NOON)
    elif state == "declined":
        proposals.decline(made.pk, by=made.client, at=NOON, reason="filled")
    elif state == "withdrawn":
        proposals.withdraw(made.pk, by=made.worker, at=NOON)
    elif state == "lapsed":
        proposals.tick(made.pk, at=MONTH_END)
    made.refresh_from_db()
    return made


BUILT = {
    "contract": contract_in,
    "milestone": milestone_in,
    "change": change_in,
    "job": job_in,
    "proposal": proposal_in,
}
STATES = [(cycle, state) for cycle in CYCLES for state in cycle.states]


@pytest.mark.parametrize("cycle", CYCLES, ids=lambda cycle: cycle.name)
def test_every_verb_has_a_command_or_is_nobodys_to_give(cycle):
    called = {verb for name, verb in CALLS if name == cycle.name}

    assert called | UNCALLED[cycle.name] == set(cycle.all_verbs)
    assert called & UNCALLED[cycle.name] == set()


@pytest.mark.django_db
@pytest.mark.parametrize(("cycle", "state"), STATES, ids=lambda it: getattr(it, "name", it))
def test_what_the_table_does_not_know_is_refused_by_the_command_and_changes_nothing(cycle, state):
    it = BUILT[cycle.name](state)
    assert it.status == state
    # What was thrown away is not there any more.
    expected = Job.DoesNotExist if state == "discarded" else Refused
    for verb in {verb for known, verb in cycle.refused if known == state} - UNCALLED[cycle.name]:
        with pytest.raises(expected) as refused, transaction.atomic():
            CALLS[cycle.name, verb](it)

        it.refresh_from_db()
        assert it.status == state
        if expected is Refused:
            assert refused.value.code in sentences()
