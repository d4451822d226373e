"""SA5: facts of people are kept anew when something happens to them, and for all once a day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enishi.events.delivery import deliver_to
from enishi.events.models import Event
from enishi.proposals import commands as proposals
from enishi.trust import commands, gathering
from enishi.trust.kept import facts_of
from enishi.trust.models import PersonFacts
from enishi.wiring import LATER, TRUST
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def deliver(*names):
    for event in Event.objects.filter(name__in=names).order_by("pk"):
        deliver_to(event, TRUST)


def kept(person, side):
    return facts_of([(person.pk, side)], at=NOON)[person.pk, side]


def test_a_finished_deal_changes_what_is_kept_of_both_sides():
    contract = make.contract("completed")
    people = [contract.client_id, contract.worker_id]

    deliver("contract.completed")

    rows = PersonFacts.objects.order_by("account", "side").values_list("account_id", "side")
    assert list(rows) == [(pk, side) for pk in sorted(people) for side in ("client", "worker")]
    assert kept(contract.worker, "worker").completed == 1
    assert kept(contract.client, "client").completed == 1


@pytest.mark.parametrize("how", ["declined", "lapsed"])
def test_what_becomes_of_an_application_changes_what_is_kept_of_its_client(how):
    sent = make.proposal()
    if how == "declined":
        proposals.decline(sent.pk, by=sent.client, at=NOON, reason="price")
    else:
        proposals.tick(sent.pk, at=sent.due_at)

    deliver(f"proposal.{how}")

    found = kept(sent.client, "client")
    assert (found.answered, found.applicants) == (int(how == "declined"), 1)


def test_an_offer_changes_what_is_kept_of_its_client():
    offered = make.contract("offered")

    deliver("contract.offered")

    assert kept(offered.client, "client").answered == 1


def test_a_late_job_does_not_put_back_what_was_kept_after_it():
    contract = make.contract("completed")
    ren = contract.worker
    commands.keep([ren.pk], at=NOON + timedelta(days=2))

    commands.keep([ren.pk], at=NOON - timedelta(days=1))

    row = PersonFacts.objects.get(account=ren, side="worker")
    assert (row.computed_at, row.facts["completed"]) == (NOON + timedelta(days=2), 1)


def test_everyone_is_kept_once_a_day_in_batches(monkeypatch):
    monkeypatch.setattr(commands, "AT_A_TIME", 2)
    people = [make.account(f"Guest{n}") for n in range(5)]
    make.mio()
    told = []

    assert commands.keep_all(at=NOON, told=told.append) == len(people)

    assert told == [2, 4, 5]
    assert set(PersonFacts.objects.values_list("account_id", flat=True)) == {p.pk for p in people}


def test_what_is_kept_is_what_would_be_gathered():
    contract = make.contract("completed")
    people = [contract.client_id, contract.worker_id]
    commands.keep_all(at=NOON)

    keys = [(pk, side) for pk in people for side in ("client", "worker")]

    assert facts_of(keys, at=NOON) == gathering.gather(people, at=NOON)


def test_who_has_just_joined_is_gathered_on_the_spot_beside_those_who_are_kept():
    ren, sora = make.ren(), make.sora()
    commands.keep([ren.pk], at=NOON)

    with CaptureQueriesContext(connection) as asked:
        found = facts_of([(ren.pk, "worker"), (sora.pk, "worker")], at=NOON)

    assert set(found) == {(ren.pk, "worker"), (sora.pk, "worker")}
    assert len(asked) == 2


@pytest.mark.parametrize("count", [1, 30])
def test_people_of_whom_something_is_kept_cost_one_query(count):
    people = [make.account(f"Guest{n}") for n in range(count)]
    commands.keep_all(at=NOON)

    with CaptureQueriesContext(connection) as asked:
        found = facts_of([(one.pk, "worker") for one in people], at=NOON)

    assert (len(asked), len(found)) == (1, count)


def test_the_office_has_no_card():
    person = make.account("Ada", office_grade="reader")
    event = Event.objects.create(
        name="account.joined", at=NOON, subject_kind="account", subject_id="1", people=[person.pk]
    )

    commands.follow(event)

    assert not PersonFacts.objects.exists()


def test_whatever_changes_the_facts_wakes_the_subscriber():
    deaf = {
        *("contract.completed", "contract.ended", "contract.expired", "milestone.accepted"),
        *("milestone.deemed", "milestone.funded", "milestone.cancelled", "proposal.declined"),
        *("proposal.lapsed", "review.published", "review.ruled", "verification.approved"),
        *("verification.withdrawn", "report.decided", "rank.rose", "rank.fell"),
    } - {name for name, paths in LATER.items() if TRUST in paths}

    assert deaf == set()
