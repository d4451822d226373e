"""AP6: a client's list of applicants goes by the order chosen, with its places for newcomers."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enishi.profiles import commands as profiles
from enishi.proposals import commands, queries
from enishi.proposals.models import Proposal
from enishi.trust.applicants.policy import ORDERS
from enishi.trust.applicants.queries import applicants
from enishi.trust.closeness.policy import Closeness
from tests import make
from tests.make import NOON
from tests.trust.people import experienced

pytestmark = pytest.mark.django_db
SIZE = settings.RULES.page_size


def applied(job, count, **fields):
    return [make.proposal(to=job, worker=make.account(f"W{n}"), **fields) for n in range(count)]


def ids(page):
    return [line.proposal.id for line in page.lines]


@pytest.mark.parametrize("order", ORDERS)
def test_applicants_come_in_pages_without_gap_or_repetition(order):
    job = make.job()
    for number in range(SIZE + 3):
        make.proposal(to=job, worker=make.account(f"W{number}"), amount=1000 + number % 4)

    first = applicants(job, client=job.client, order=order)
    second = applicants(job, client=job.client, order=order, after=first.after)

    lines = first.lines + second.lines
    assert (len(first.lines), len(second.lines), second.after) == (SIZE, 3, "")
    assert len({line.proposal.id for line in lines}) == SIZE + 3
    assert [line.place for line in lines] == list(range(1, SIZE + 4))


def test_the_client_sees_applicants_by_state_and_strangers_none():
    job = make.job()
    one, two, three = applied(job, 3)
    commands.shortlist(one.pk, by=job.client, at=NOON)
    commands.decline(two.pk, by=job.client, at=NOON, reason="price")

    def seen(view, client=job.client):
        return set(ids(applicants(job, client=client, view=view)))

    assert seen("") == {one.pk, two.pk, three.pk}
    assert seen("waiting") == {one.pk, three.pk}
    assert seen("shortlisted") == {one.pk}
    assert seen("over") == {two.pk}
    assert seen("", make.sora()) == set()
    assert queries.counts_of(job.pk, job.client) == {"shortlisted": 1, "declined": 1, "sent": 1}


def test_the_fifth_place_is_for_whoever_has_finished_fewer_than_three():
    """AP6"""
    job = make.job()
    sent = applied(job, 7)
    experienced(*(one.worker for one in sent[1:]))
    experienced(sent[0].worker, contracts=2)

    page = applicants(job, client=job.client)

    expected = [sent[n].pk for n in (6, 5, 4, 3, 0, 2, 1)]
    assert ids(page) == expected
    assert [line.place for line in page.lines if line.is_reserved] == [5]


def test_with_three_finished_contracts_nobody_is_a_newcomer_any_more():
    job = make.job()
    sent = applied(job, 6)
    experienced(*(one.worker for one in sent))

    page = applicants(job, client=job.client)

    assert ids(page) == [one.pk for one in reversed(sent)]
    assert not any(line.is_reserved for line in page.lines)


def test_closeness_puts_those_first_with_whom_one_has_worked():
    """KN1"""
    done = make.contract("completed")
    job = make.job(client=done.client)
    known = make.proposal(to=job, worker=done.worker)
    later = applied(job, 3)

    page = applicants(job, client=job.client, order="closeness")

    assert ids(page) == [known.pk, *(one.pk for one in reversed(later))]
    assert page.lines[0].closeness == Closeness(1, NOON)


def test_fit_goes_by_points_that_are_told():
    job = make.job(skills=("sk001", "sk004"))
    plain, skilled, dear = applied(job, 3)
    profiles.present_worker(by=skilled.worker, at=NOON, skills=["sk004"])
    Proposal.objects.filter(pk=dear.pk).update(amount=60_001)

    page = applicants(job, client=job.client, order="fit")

    assert ids(page) == [skilled.pk, plain.pk, dear.pk]
    assert [line.fit.points for line in page.lines] == [3, 2, 1]
    assert page.lines[0].fit.skills == ("sk004",)


def test_paid_work_in_the_category_counts():
    done = make.contract("completed")
    job = make.job(client=done.client)
    new, known = (make.proposal(to=job, worker=one) for one in (make.sora(), done.worker))

    page = applicants(job, client=job.client, order="fit")

    assert {line.proposal.id: line.fit.knows_category for line in page.lines} == {
        new.pk: False,
        known.pk: True,
    }


@pytest.mark.parametrize("order", ORDERS)
def test_thirty_applicants_cost_no_more_queries_than_one(order):
    job = make.job()
    make.proposal(to=job, worker=make.account("First"))
    costs = []

    for _ in range(2):
        applicants(job, client=job.client, order=order)
        with CaptureQueriesContext(connection) as asked:
            applicants(job, client=job.client, order=order)
        costs.append(len(asked))
        if len(costs) == 1:
            applied(job, 29)

    assert costs[0] == costs[1]
