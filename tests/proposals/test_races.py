"""Commands that meet: locks are taken in one order, so nobody waits in a ring."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from enishi.contracts.commands import offering
from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.kit.errors import Refused
from enishi.proposals import commands
from enishi.proposals.models import Proposal
from tests import make
from tests.make import NOON

ROUNDS = 12


@pytest.mark.usefixtures("market")
def test_an_edit_and_the_answers_to_its_applicants_never_wait_for_each_other_in_a_ring():
    """An edit locks the post and then its applicants (JO6); shortlisting, withdrawing and
    offering begin at an applicant."""
    job = make.job(stop_at_good=50)
    first, second = make.proposal(to=job), make.proposal(to=job, worker=make.sora())
    hana = job.client

    def edits():
        for number in range(ROUNDS):
            terms = make.terms(title=f"Title {number}", stop_at_good=50)
            jobs.edit(job.pk, by=hana, at=NOON, terms=terms)

    def answers():
        for _ in range(ROUNDS):
            commands.shortlist(first.pk, by=hana, at=NOON)
            commands.unlist(first.pk, by=hana)

    def offers():
        for _ in range(ROUNDS):
            made = offering.offer(second.pk, by=hana, at=NOON, terms=make.offer_terms())
            offering.withdraw(made.pk, by=hana, at=NOON)

    run_at_once(edits, answers, offers)

    assert Job.objects.get(pk=job.pk).title == f"Title {ROUNDS - 1}"
    assert Proposal.objects.get(pk=first.pk).status == "sent"
    assert Proposal.objects.get(pk=second.pk).status == "shortlisted"


@pytest.mark.usefixtures("market")
def test_two_applications_of_one_worker_at_once_leave_one():
    job = make.job()
    make.ren()
    refused = []

    def apply():
        try:
            make.proposal(to=job)
        except Refused as refusal:
            refused.append(refusal.code)

    run_at_once(apply, apply, apply)

    assert Proposal.objects.filter(job=job).count() == 1
    assert Job.objects.get(pk=job.pk).applicants == 1
    assert refused == ["proposal.sent_already"] * 2


def run_at_once(*acts):
    """Each in its own thread and connection; the first fault of any is raised."""

    def run(act):
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()
