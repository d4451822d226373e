"""SA7: a ring in the market becomes a case for the office, once; only a person decides, and what is
decided can be lifted."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from enishi.events import sweep
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.office import findings
from enishi.office.models import Finding
from enishi.payments.models import BankAccount
from enishi.reviews import queries as reviews
from enishi.reviews import site
from enishi.reviews.models import WeightOfReviewer
from tests import make
from tests.office import circles
from tests.office.circles import LOOKED

pytestmark = pytest.mark.django_db


def found(**ring):
    circles.usual()
    people = circles.circle(**ring)
    (case,) = findings.look(at=LOOKED)
    return case, people


def test_a_ring_becomes_a_case_with_its_evidence_and_nothing_else_changes():
    mio = make.mio()

    case, people = found()

    assert case.people == sorted(person.pk for person in people)
    assert (case.kind, case.status) == ("ring", "open")
    assert set(case.signs) == {"circle", "cheap", "burst", "closed"}
    assert (case.facts["deals"], case.facts["total"], case.facts["reviews"]) == (8, 800, 16)
    assert (case.facts["median"], case.facts["usual"]) == (100, 30_000)
    assert len(case.facts["edges"]) == 8
    assert Event.objects.get(name="finding.found").people == [mio.pk]
    assert not WeightOfReviewer.objects.exists()
    assert all(person.is_active for person in people)


def test_honest_people_are_in_no_case():
    circles.usual()

    assert findings.look(at=LOOKED) == []


def test_the_same_ring_is_not_filed_twice_nor_when_it_grows_by_one():
    case, people = found()
    assert findings.look(at=LOOKED) == []
    findings.dismiss(case.pk, by=make.mio(), at=LOOKED, reason="A family business.")
    new = make.sora()

    circles.deal(people[0], new)
    circles.deal(new, people[1])

    assert findings.look(at=LOOKED) == []
    assert Finding.objects.count() == 1


def test_the_graph_is_that_of_one_year():
    circles.usual()
    circles.circle()

    assert findings.look(at=LOOKED + timedelta(days=365)) == []


def test_one_bank_account_behind_two_people_is_a_sign():
    circles.usual()
    people = circles.circle(paid=30_000)
    for person in people[:2]:
        BankAccount.objects.create(
            account=person,
            bank_code="0001",
            branch_code="001",
            last4="4567",
            holder="ハナ",
            added_at=LOOKED,
        )

    (case,) = findings.look(at=LOOKED)

    assert "linked" in case.signs


def test_only_a_confirmed_case_takes_the_weight_from_its_reviewers_and_lifting_gives_it_back():
    case, people = found()
    mio = make.mio()
    rated = people[0].pk
    honest = Fraction(4)  # of twelve honest reviews of workers
    before = site.mean("worker")
    assert before == Fraction(12 * 4 + 8 * 5, 20)

    findings.confirm(case.pk, by=mio, at=LOOKED, reason="Eight contracts for nothing.")

    assert site.mean("worker") == honest
    assert set(WeightOfReviewer.objects.values_list("account", "percent")) == {
        (person.pk, 0) for person in people
    }
    assert reviews.summary(rated, "worker").mean == 5  # what was said of them stays
    event = Event.objects.get(name="finding.confirmed")
    assert (event.people, event.facts["reason"]) == (case.people, "Eight contracts for nothing.")

    findings.lift(case.pk, by=mio, at=LOOKED, reason="They showed the work.")

    assert site.mean("worker") == before
    assert not WeightOfReviewer.objects.exists()
    assert Finding.objects.get().status == "lifted"
    assert Event.objects.get(name="finding.lifted").people == case.people


def test_a_mean_that_is_kept_for_the_day_hears_of_the_offices_decision_at_once():
    case, _ = found()
    mio = make.mio()
    before = site.mean("worker")
    site.keep(at=LOOKED)

    findings.confirm(case.pk, by=mio, at=LOOKED, reason="Eight contracts for nothing.")
    assert site.mean("worker") == Fraction(4)

    findings.lift(case.pk, by=mio, at=LOOKED, reason="They showed the work.")
    assert site.mean("worker") == before


def test_whoever_another_confirmed_case_names_keeps_no_weight():
    case, _ = found()
    mio = make.mio()
    other = Finding.objects.create(
        kind="pair",
        people=case.people[:2],
        signs=["cheap"],
        facts=case.facts,
        mark="another",
        found_at=LOOKED,
        due_at=LOOKED,
    )
    for one in (case, other):
        findings.confirm(one.pk, by=mio, at=LOOKED, reason="Seen.")

    findings.lift(case.pk, by=mio, at=LOOKED, reason="An error.")

    left = WeightOfReviewer.objects.values_list("account", flat=True).order_by("account")
    assert list(left) == case.people[:2]


def test_dismissing_changes_nothing_and_tells_nobody():
    case, _ = found()

    findings.dismiss(case.pk, by=make.mio(), at=LOOKED, reason="A family business.")

    assert not WeightOfReviewer.objects.exists()
    assert Event.objects.get(name="finding.dismissed").people == []


@pytest.mark.parametrize("verb", ["confirm", "dismiss"])
def test_a_decision_needs_a_reason_and_is_made_once(verb):
    case, _ = found()
    mio, act = make.mio(), getattr(findings, verb)

    with pytest.raises(Refused, match="finding.reason_missing"):
        act(case.pk, by=mio, at=LOOKED, reason=" ")
    act(case.pk, by=mio, at=LOOKED, reason="Seen.")
    with pytest.raises(Refused, match=f"finding.{verb}"):
        act(case.pk, by=mio, at=LOOKED, reason="Seen.")


def test_nobody_decides_about_a_finding_that_names_them():
    case, people = found()

    with pytest.raises(Refused, match="finding.own"):
        findings.confirm(case.pk, by=people[0], at=LOOKED, reason="It is fine.")


def test_cl16_an_overdue_finding_is_told_to_the_operators_and_decides_nothing():
    mio = make.mio()
    case, _ = found()

    sweep.sweep(at=case.due_at)

    assert Event.objects.get(name="finding.overdue").people == [mio.pk]
    assert Finding.objects.get().status == "open"


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "confirmed"},
        {"people": [1]},
        {"kind": "gang"},
        {"due_at": None},
        {"lift_reason": "Because"},
    ],
)
def test_the_database_refuses_a_finding_that_is_not_whole(broken):
    case, _ = found()

    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=case.pk).update(**broken)


@pytest.mark.parametrize("rings", [1, 3])
def test_the_graph_costs_the_same_queries_however_many_rings_there_are(
    rings, django_assert_num_queries
):
    circles.usual()
    for number in range(rings):
        circles.circle(name=f"ring{number}x")
    findings.look(at=LOOKED)

    with django_assert_num_queries(7):  # savepoint, lock, banks, deals, praise, known, savepoint
        findings.look(at=LOOKED)
