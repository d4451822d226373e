"""SA5: the facts of people come from the record, for many at once, and never say whose words they
are."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enishi.contracts.commands import delivering, ending, ticking
from enishi.contracts.models import Milestone
from enishi.messaging import commands as messaging
from enishi.messaging.models import Thread, ThreadMember
from enishi.messaging.replies import replies
from enishi.proposals import commands as proposals
from enishi.reviews import commands as reviews
from enishi.reviews import ruling
from enishi.safety import commands as safety
from enishi.trust import gathering
from enishi.trust.signals import Facts
from tests import make
from tests.make import NOON
from tests.reviews.hires import SCORES
from tests.verification import papers

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
CANARY = "never to be shown"


@pytest.fixture(autouse=True)
def _sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"


def of(person, side, at=LATER) -> Facts:
    return gathering.gather([person.pk], at=at)[person.pk, side]


def rate(contract, by, overall=5, comment="納期を守ってくれました。", **more):
    said = {"scores": SCORES, "overall": overall, "comment": comment}
    return reviews.write(contract.pk, by=by, at=NOON, **said | more)


def both_rate(contract, **more):
    rate(contract, contract.worker)
    return rate(contract, contract.client, **more)


def test_ratings_count_once_both_sides_have_spoken():
    contract = make.contract("completed")
    rate(contract, contract.client, 4)
    assert of(contract.worker, "worker").ratings == 0

    rate(contract, contract.worker)

    found = of(contract.worker, "worker")
    assert (found.ratings, found.overall) == (1, 4)
    assert (found.communication, found.partnership) == (5, 4)
    assert of(contract.worker, "client").ratings == 0


def test_what_the_office_took_out_does_not_count():
    review = both_rate(make.contract("completed"), overall=1)

    ruling.rule(review.pk, by=make.mio(), at=NOON, effect="out", reason="Pressure")
    assert of(review.subject, "worker").ratings == 0

    ruling.rule(review.pk, by=make.mio(), at=NOON, effect="restored", reason="A mistake")
    assert of(review.subject, "worker").ratings == 1


def test_me6_promises_that_were_asked_about_are_counted():
    contract = make.contract("completed")
    rate(contract, contract.client)
    rate(contract, contract.worker, promises={"more_work": "kept", "more_pay": "broken"})

    found = of(contract.client, "client")

    assert (found.kept, found.promised) == (1, 2)


def test_themes_are_named_by_three_comments_and_hold_none_of_their_words():
    worker = make.ren()
    for _ in range(3):
        both_rate(make.contract("completed"), comment=f"納期を守ってくれました。{CANARY}")

    found = of(worker, "worker")

    assert [(one.theme, one.good, one.bad) for one in found.themes] == [("dates", 3, 0)]
    assert CANARY not in json.dumps(gathering.stored(found), ensure_ascii=False)


def test_completion_counts_what_was_finished_against_ones_own_fault():
    done = make.contract("completed")
    left = make.contract("active")
    ending.give_back(make.milestone(left).pk, by=left.worker, at=NOON, reason="I cannot")

    worker, client = of(done.worker, "worker"), of(done.client, "client")

    assert (worker.completed, worker.faulted, worker.deals) == (1, 1, 2)
    assert (client.completed, client.faulted, client.deals) == (1, 0, 2)


def test_what_lies_longer_back_than_the_window_is_not_counted():
    done = make.contract("completed")

    assert of(done.worker, "worker", at=NOON + timedelta(days=364)).completed == 1
    assert of(done.worker, "worker", at=NOON + timedelta(days=367)).completed == 0


def test_ap3_a_lapse_counts_against_the_client_and_what_waits_or_was_withdrawn_does_not():
    job = make.job()
    sent = [make.proposal(to=job, worker=make.account(f"Worker{n}")) for n in range(4)]
    declined, lapsed, withdrawn, _waiting = sent
    at = NOON + timedelta(hours=6)
    proposals.decline(declined.pk, by=job.client, at=at, reason="price")
    proposals.withdraw(withdrawn.pk, by=withdrawn.worker, at=at)
    proposals.tick(lapsed.pk, at=lapsed.due_at)

    found = of(job.client, "client", at=lapsed.due_at)

    assert (found.answered, found.applicants, found.answer_median) == (1, 2, 6 * 3_600)


def test_an_offer_is_an_answer_even_when_the_worker_declines_it():
    offered = make.contract("offered")

    found = of(offered.client, "client")

    assert (found.answered, found.applicants) == (1, 1)


def test_cl1_money_that_never_came_counts_once_for_each_contract():
    make.contract("active")
    late = make.contract("agreed", parts=3)
    ticking.contract(late.pk, at=late.due_at or LATER)
    late.refresh_from_db()
    ticking.contract(late.pk, at=late.due_at or LATER)

    found = of(late.client, "client", at=NOON + timedelta(days=30))

    assert (found.funded, found.unfunded) == (1, 1)


def test_cl4_a_delivery_that_the_clock_accepted_was_not_looked_at():
    make.contract("completed")
    waiting = make.milestone(make.contract("delivered"))
    while Milestone.objects.get(pk=waiting.pk).status == "delivered":
        ticking.milestone(waiting.pk, at=Milestone.objects.get(pk=waiting.pk).next_at)

    found = of(waiting.contract.client, "client", at=NOON + timedelta(days=30))

    assert (found.inspected, found.deemed) == (1, 1)


def test_a_revision_that_was_asked_for_is_a_look():
    part = make.milestone(make.contract("delivered"))
    delivering.ask_revision(
        part.pk, by=part.contract.client, at=NOON, reason="Shorter", due_on=part.due_on
    )

    assert of(part.contract.client, "client").inspected == 1


def test_only_a_report_that_was_upheld_is_counted_and_only_about_whom_it_was():
    contract = make.contract("completed")
    words = {"kind": "extortion", "text": CANARY}
    made = safety.report("contract", contract.pk, by=contract.worker, at=NOON, **words)
    assert of(contract.client, "client").upheld == 0

    safety.uphold(made.pk, by=make.mio(), at=NOON, reason="The messages say so.")

    assert of(contract.client, "client").upheld == 1
    assert of(contract.worker, "worker").upheld == 0


def test_a_report_that_was_dismissed_leaves_no_mark():
    contract = make.contract("completed")
    words = {"kind": "extortion", "text": CANARY}
    made = safety.report("contract", contract.pk, by=contract.worker, at=NOON, **words)

    safety.dismiss(made.pk, by=make.mio(), at=NOON, reason="Nothing of it is there.")

    assert of(contract.client, "client").upheld == 0


def test_what_was_checked_comes_with_its_day():
    ren = make.ren()
    papers.approved("identity", by=ren, at=NOON, decider=make.mio())

    assert dict(of(ren, "worker").checked) == {"identity": NOON.date()}


def test_reply_times_are_those_of_me3():
    contract = make.contract("active")
    messaging.post(contract.thread_id, by=contract.worker, at=NOON, body="May I ask?")
    messaging.post(
        contract.thread_id, by=contract.client, at=NOON + timedelta(hours=2), body="Please do."
    )

    found = of(contract.client, "client", at=NOON + timedelta(hours=3))

    assert (found.replies, found.replies_within, found.reply_median) == (1, 1, 7_200)


def test_two_messages_without_an_answer_have_no_median():
    for _ in range(2):
        contract = make.contract("active")
        messaging.post(contract.thread_id, by=contract.worker, at=NOON, body="May I ask?")
    at = NOON + timedelta(days=2)

    found = of(contract.client, "client", at=at)

    assert (found.replies, found.replies_within, found.reply_median) == (2, 0, None)
    assert replies([contract.client_id], at=at)[contract.client_id].median is None


def test_nobody_has_anything_before_the_first_deal():
    assert of(make.sora(), "worker") == Facts(
        joined_on=(NOON - timedelta(days=400)).date(), side="worker"
    )


def test_facts_survive_being_kept():
    contract = make.contract("completed")
    both_rate(contract)
    found = of(contract.worker, "worker")

    assert gathering.read(json.loads(json.dumps(gathering.stored(found)))) == found


def test_many_people_cost_one_statement():
    made = make.contract("completed")
    others = [make.account(f"Guest{n}") for n in range(30)]
    with CaptureQueriesContext(connection) as asked:
        found = gathering.gather([made.client_id, *(one.pk for one in others)], at=LATER)

    assert (len(asked), len(found)) == (1, 62)


def test_messages_and_threads_are_not_read():
    """Private words stay where they are: not even their number is kept."""
    contract = make.contract("active")
    messaging.post(contract.thread_id, by=contract.worker, at=NOON, body=CANARY)

    kept = json.dumps(gathering.stored(of(contract.client, "client")))

    assert CANARY not in kept
    assert contract.title not in kept
    assert (Thread.objects.count(), ThreadMember.objects.count()) == (1, 2)
