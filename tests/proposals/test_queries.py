"""Lists of applications for either side, and the answer rate (AP2–AP4)."""

import pytest
from django.conf import settings

from enishi.proposals import commands, queries
from enishi.proposals.queries import Waiting
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
SIZE = settings.RULES.page_size


def applicants(job, count: int, **fields):
    return [
        make.proposal(to=job, worker=make.account(f"Worker{n}"), **fields) for n in range(count)
    ]


def test_a_worker_sees_everything_applied_for_grouped_by_whose_turn_it_is():
    """AP4"""
    ren = make.ren()
    states = ["declined", "sent", "offered", "withdrawn", "sent"]
    sent = [make.proposal(to=make.job(title=state), worker=ren) for state in states]
    commands.decline(sent[0].pk, by=sent[0].client, at=NOON, reason="price")
    commands.offer(sent[2].pk, by=sent[2].client)
    commands.withdraw(sent[3].pk, by=ren, at=NOON)

    page = queries.applied(ren)

    assert [line.id for line in page.lines] == [sent[place].pk for place in (2, 4, 1, 3, 0)]
    assert [line.group for line in page.lines] == [0, 1, 1, 3, 3]
    assert queries.applied_by_group(ren) == {0: 1, 1: 2, 3: 2}


def test_the_pages_of_a_worker_go_on_within_a_group():
    ren = make.ren()
    sent = [make.proposal(to=make.job(), worker=ren) for _ in range(SIZE + 2)]

    first = queries.applied(ren)
    second = queries.applied(ren, after=first.after)

    assert [line.id for line in first.lines + second.lines] == [p.pk for p in reversed(sent)]


@pytest.mark.parametrize("after", ["x", "1", "1-2-3", "-1", "9" * 40 + "-1"])
def test_what_is_no_keyset_shows_the_first_page(after):
    sent = make.proposal()

    assert [line.id for line in queries.applied(sent.worker, after=after).lines] == [sent.pk]


def test_what_waits_is_counted_by_post_with_its_first_due_time():
    job, empty = make.job(), make.job()
    one, two = applicants(job, 2)
    commands.decline(two.pk, by=job.client, at=NOON, reason="price")

    assert queries.waiting_by_job([job.pk, empty.pk]) == {job.pk: Waiting(1, one.due_at)}


def test_a_withdrawn_application_is_not_ones_own_any_more():
    sent = make.proposal()
    assert queries.mine(sent.job_id, sent.worker) == sent

    commands.withdraw(sent.pk, by=sent.worker, at=NOON)

    assert queries.mine(sent.job_id, sent.worker) is None
