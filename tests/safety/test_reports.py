"""SA6, CL16: pressure with a review is reported in one step, and a person decides."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.contracts.models import Contract
from enishi.events.models import Event
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.messaging import commands as messaging
from enishi.messaging.models import ThreadMember
from enishi.reviews import commands as reviews
from enishi.reviews import queries as read
from enishi.reviews.models import Review
from enishi.safety import commands, queries
from enishi.safety.models import Report
from tests import make
from tests.make import NOON
from tests.reviews.hires import SCORES

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)
DUE = business_days_after(NOON, 2)
WORDS = {"kind": "extortion", "text": "Free work, or one star."}


@pytest.fixture
def contract():
    return make.contract("completed")


def rate(contract, by, overall=1):
    said = {"scores": SCORES, "overall": overall, "comment": "It was slow."}
    return reviews.write(contract.pk, by=by, at=NOON, **said)


@pytest.fixture
def review(contract):
    """What the client wrote about the worker, after both have written."""
    rate(contract, contract.worker, 5)
    return rate(contract, contract.client)


def report(contract, by=None, at=NOON, **words):
    by = by or contract.worker
    return commands.report("contract", contract.pk, by=by, at=at, **WORDS | words)


def uphold(made, by=None, effect="", reason="The messages say so."):
    by = by or make.mio()
    return commands.uphold(made.pk, by=by, at=LATER, reason=reason, effect=effect)


def told(name):
    return [event.people for event in Event.objects.filter(name=name).order_by("id")]


def test_a_report_waits_two_business_days_for_an_operator(contract):
    mio = make.mio()

    made = report(contract)

    assert (made.status, made.due_at) == ("open", DUE)
    assert told("report.made") == [[mio.pk]]


def test_from_a_review_a_conversation_or_a_contract_it_is_one_step(review, contract):
    for kind, pk in (
        ("review", review.pk),
        ("contract", contract.pk),
        ("thread", contract.thread_id),
    ):
        made = commands.report(kind, pk, by=contract.worker, at=NOON, **WORDS)
        assert (made.about_id, made.thread_id) == (contract.client_id, contract.thread_id)
        assert made.contract_id == contract.pk
        assert queries.review_in_question(made) == review
        commands.dismiss(made.pk, by=make.mio(), at=NOON, reason="Seen")


def test_a_stranger_finds_nothing_to_report(contract, review):
    for kind, pk, error in (
        ("contract", contract.pk, Contract.DoesNotExist),
        ("thread", contract.thread_id, ThreadMember.DoesNotExist),
        ("review", review.pk, Review.DoesNotExist),
    ):
        with pytest.raises(error):
            commands.report(kind, pk, by=make.sora(), at=NOON, **WORDS)


def test_a_review_is_reported_by_whom_it_is_about_and_not_before_it_appears(contract):
    unread = rate(contract, contract.client)

    with pytest.raises(Review.DoesNotExist):
        commands.report("review", unread.pk, by=contract.worker, at=NOON, **WORDS)


def test_the_other_side_is_told_with_the_decision_and_not_before(contract, review):
    made = report(contract)
    events = Event.objects.filter(name__startswith="report.", people__contains=[contract.client_id])
    assert not events.exists()

    uphold(made)

    assert told("report.upheld") == [[contract.worker_id]]
    assert told("report.decided") == [[contract.client_id]]
    assert [event.facts["reason"] for event in events] == ["The messages say so."]
    assert WORDS["text"] not in str([event.facts for event in Event.objects.all()])


def test_an_upheld_report_may_take_the_review_out(contract, review):
    uphold(report(contract), effect="out")

    assert read.summary(contract.worker_id, "worker").count == 0
    made = Report.objects.get()
    assert (made.status, made.decided_by, made.due_at) == ("upheld", make.mio(), None)


def test_without_a_review_that_has_appeared_there_is_nothing_to_take_out(contract):
    rate(contract, contract.client)

    with pytest.raises(Refused, match=r"report\.no_review"):
        uphold(report(contract), effect="out")
    assert Report.objects.get().status == "open"


def test_a_dismissed_report_changes_nothing(contract, review):
    commands.dismiss(report(contract).pk, by=make.mio(), at=LATER, reason="Nothing of it")

    assert read.summary(contract.worker_id, "worker").count == 1
    assert told("report.dismissed") == [[contract.worker_id]]
    assert Event.objects.get(name="report.decided").facts["rule"] == "dismissed"


def test_cl16_an_overdue_report_is_told_to_all_operators_and_gets_a_new_date(contract):
    others = [make.mio(), make.account("Sui", office_grade="operator")]
    made = report(contract)

    commands.tick(made.pk, at=DUE - timedelta(seconds=1))
    assert not told("report.overdue")

    for _ in range(2):
        commands.tick(made.pk, at=DUE)

    made.refresh_from_db()
    assert (made.status, made.due_at) == ("open", business_days_after(DUE, 2))
    assert told("report.overdue") == [sorted(one.pk for one in others)]
    assert told("report.delayed") == [[contract.worker_id]]


def test_one_thing_is_reported_once_at_a_time(contract):
    report(contract)

    with pytest.raises(Refused, match=r"report\.waits_already"):
        report(contract)
    report(contract, by=contract.client)


def test_whoever_is_concerned_neither_decides_nor_looks(review, contract):
    made = report(contract)
    for side in (contract.client, contract.worker):
        type(side).objects.filter(pk=side.pk).update(office_grade="operator")
        side.refresh_from_db()
        with pytest.raises(Refused, match=r"report\.own_case"):
            uphold(made, by=side)
        with pytest.raises(Report.DoesNotExist):
            queries.for_office(made.pk, reader=side)
        assert not queries.open_reports(reader=side).exists()


@pytest.mark.parametrize("grade", ["", "reader", "treasurer"])
def test_only_operators_decide(contract, grade):
    made = report(contract)

    with pytest.raises(Refused, match=r"report\.not_operator"):
        uphold(made, by=make.account("Other", office_grade=grade))


def test_there_are_words_and_a_reason(contract):
    with pytest.raises(Refused, match=r"report\.text_missing"):
        report(contract, text=" \n")
    with pytest.raises(Refused, match=r"report\.reason_missing"):
        uphold(report(contract), reason=" ")


def test_a_report_is_decided_once(contract):
    made = report(contract)
    uphold(made)

    for act in (uphold, lambda made: commands.dismiss(made.pk, by=make.mio(), at=NOON, reason="x")):
        with pytest.raises(Refused, match=r"report\.\w+\.upheld"):
            act(made)


def test_the_evidence_is_both_reviews_and_the_messages_around(contract, review):
    thread = contract.thread_id
    for number in range(25):
        at = NOON - timedelta(hours=30 - number)
        messaging.post(thread, by=contract.client, at=at, body=f"before {number}")
    made = report(contract)
    for number in range(8):
        messaging.post(thread, by=contract.client, at=LATER, body=f"after {number}")

    found = queries.evidence(made)

    assert len(found.reviews) == 2
    said = [line.body for line in found.lines]
    assert said[0] == "before 5"
    assert said[-6:] == ["before 24", *(f"after {number}" for number in range(5))]


def test_the_database_knows_what_a_report_is(contract):
    made = report(contract)
    for change, rule in (
        ({"kind": "other"}, "report_kind_known"),
        ({"about": made.by_id}, "report_is_about_another"),
        ({"text": " "}, "report_says_something"),
        ({"status": "upheld"}, "report_decided_by_somebody_else"),
        ({"due_at": None}, "report_waits_with_a_clock"),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Report.objects.filter(pk=made.pk).update(**change)
