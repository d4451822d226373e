"""RA7, RA8, RA10: ranks rise at once, fall after a notice, stand still during a leave."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from enishi.accounts import commands as accounts
from enishi.events.models import Event
from enishi.kit.days import day_of, end_of_day
from enishi.messaging import commands as messaging
from enishi.ranks import commands, earnings, facts, policy, queries
from enishi.ranks.models import Earning, Standing
from enishi.reviews import commands as reviews
from tests import make
from tests.make import NOON
from tests.ranks.people import regular, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SCORES = dict.fromkeys(("skill", "quality", "schedule", "communication", "partnership"), 5)


@pytest.fixture
def ren():
    return regular(make.ren())


def standing(person):
    return Standing.objects.get(account=person)


def compute(person, at):
    return commands.compute(person.pk, at=at)


def events(person):
    subject = str(standing(person).pk)
    found = Event.objects.filter(subject_kind="standing", subject_id=subject).order_by("pk")
    return [(one.name.removeprefix("rank."), one.facts["rank"]) for one in found]


def known(person, at):
    return facts.gather([person.pk], at=at)[person.pk]


def reviewed(contract, overall, *, at):
    reviews.write(
        contract.pk, by=contract.client, at=at, scores=SCORES, overall=overall, comment="Good."
    )
    reviews.write(contract.pk, by=contract.worker, at=at, scores=SCORES, overall=5, comment="Good.")


def test_ra10_computed_with_everyone_a_rank_has_the_same_facts_as_computed_alone(ren):
    sora = make.sora()
    for price in (60_000, 80_000):
        make.contract("completed", price=price)
    commands.compute_all(at=NOON + DAY)
    together = {person: standing(person).facts for person in (ren, sora)}

    for person in (ren, sora):
        compute(person, NOON + DAY)

    assert together == {person: standing(person).facts for person in (ren, sora)}
    assert together[ren]["earned"] == 140_000
    assert standing(sora).rank == "unranked"


def test_what_a_job_computed_later_is_not_put_back_by_the_nightly_one(ren):
    compute(ren, NOON + DAY)

    commands.compute_all(at=NOON)

    assert standing(ren).computed_at == NOON + DAY


def test_ra6_everyones_positions_are_those_that_are_counted_one_by_one():
    people = [make.account(f"worker{number}") for number in range(6)]
    for place, person in enumerate(people):
        for category, yen in (("c01", 1_000 * (place // 2)), ("c02", 900 + place)):
            Earning.objects.create(account=person, category=category, yen=yen)

    everyone = earnings.places(None)

    assert everyone == earnings.places([person.pk for person in people])
    assert [everyone[person.pk].position for person in people[4:]] == [1, 1]


def test_who_has_shown_nothing_is_unranked():
    sora = make.sora()

    assert compute(sora, NOON).rank == "unranked"
    assert events(sora) == []


def test_a_whole_profile_and_its_checks_make_a_regular_worker_at_once(ren):
    assert compute(ren, NOON).rank == "regular"
    assert events(ren) == [("rose", "regular")]
    assert queries.ranks([ren.pk, make.sora().pk]) == {
        ren.pk: "regular",
        make.sora().pk: "unranked",
    }


def test_each_change_keeps_the_facts_it_was_made_of(ren):
    compute(ren, NOON)

    told = Event.objects.get(name="rank.rose").facts
    assert facts.read(told["inputs"]) == known(ren, NOON)
    assert facts.read(standing(ren).facts) == known(ren, NOON)


def test_the_first_funded_contract_makes_bronze(ren):
    make.contract("agreed")
    assert compute(ren, NOON).rank == "regular"

    make.contract("active", at=NOON)

    assert compute(ren, NOON).rank == "bronze"


def test_completed_rated_and_answered_makes_silver(ren):
    contract = make.contract("completed")
    reviewed(contract, 5, at=NOON)
    other = make.contract("active")
    messaging.post(other.thread_id, by=other.client, at=NOON, body="When?")
    messaging.post(other.thread_id, by=ren, at=NOON, body="Soon.", needs_no_reply=True)

    made = compute(ren, NOON)

    assert made.rank == "silver"
    assert [(one.completed, one.ratings, one.replies) for one in [known(ren, NOON)]] == [(1, 1, 1)]


def test_what_drops_out_of_its_year_counts_no_longer(ren):
    contract = make.contract("completed")
    reviewed(contract, 4, at=NOON)
    last = end_of_day(day_of(NOON) + 365 * DAY)

    before, after = known(ren, last - DAY / 24), known(ren, last)

    assert (before.completed, before.ratings, before.rating_sum) == (1, 1, Fraction(4))
    assert (after.completed, after.ratings) == (0, 0)
    assert after.funded == 1


def test_ra7_two_contracts_of_one_order_count_once_towards_the_rank(ren):
    for day, overall in ((0, 5), (10, 4), (40, 5)):
        at = NOON + day * DAY
        reviewed(make.contract("completed", at=at), overall, at=at)

    found = known(ren, NOON + 41 * DAY)

    assert (found.completed, found.ratings, found.rating_sum) == (2, 2, Fraction(19, 2))


def test_a_fall_is_announced_and_comes_after_fourteen_days(ren):
    compute(ren, NOON)
    away = NOON + 40 * DAY  # not signed in for more than a month

    told = compute(ren, away)

    assert (told.rank, told.status) == ("regular", "falling")
    assert told.due_at == end_of_day(day_of(away) + 14 * DAY)
    commands.tick(told.pk, at=told.due_at - DAY)
    assert standing(ren).rank == "regular"
    commands.tick(told.pk, at=told.due_at)
    commands.tick(told.pk, at=told.due_at)
    assert events(ren) == [
        ("rose", "regular"),
        ("announced", "regular"),
        ("fell", "unranked"),
    ]


def test_who_comes_back_in_time_keeps_the_rank(ren):
    compute(ren, NOON)
    told = compute(ren, NOON + 40 * DAY)

    sign_in(ren, NOON + 45 * DAY)
    kept = compute(ren, NOON + 45 * DAY)

    assert (kept.rank, kept.status, kept.due_at) == ("regular", "steady", None)
    commands.tick(told.pk, at=NOON + 60 * DAY)
    assert events(ren)[-1] == ("kept", "regular")


def test_one_step_in_thirty_days(ren):
    contract = make.contract("active")
    compute(ren, NOON)
    assert standing(ren).rank == "bronze"
    told = compute(ren, NOON + 40 * DAY)

    commands.tick(told.pk, at=told.due_at)

    fallen = standing(ren)
    assert (fallen.rank, fallen.status) == ("regular", "falling")
    assert fallen.due_at == end_of_day(day_of(told.due_at) + 30 * DAY)
    assert contract.worker == ren


def test_a_leave_holds_back_the_notice_and_adds_its_days_to_one_that_runs(ren):
    compute(ren, NOON)
    at = NOON + 40 * DAY
    first, last = day_of(at), day_of(at) + 4 * DAY
    accounts.declare_leave(by=ren, at=at, starts_on=first, ends_on=last)
    assert compute(ren, at).status == "steady"

    told = compute(ren, at + 5 * DAY)
    assert told.status == "falling"
    later = at + 8 * DAY
    accounts.declare_leave(
        by=ren, at=later, starts_on=day_of(later), ends_on=day_of(later) + 2 * DAY
    )
    planned = told.due_at
    commands.tick(told.pk, at=planned)

    moved = standing(ren)
    assert (moved.status, moved.due_at) == ("falling", planned + 3 * DAY)
    commands.tick(told.pk, at=moved.due_at)
    assert standing(ren).rank == "unranked"


def test_a_suspension_acts_at_once_and_its_end_too(ren):
    compute(ren, NOON)

    accounts.suspend(ren.pk, by=make.mio(), at=NOON, reason="Looked into.")
    assert compute(ren, NOON).rank == "unranked"

    accounts.restore(ren.pk, by=make.mio(), at=NOON, reason="Nothing found.")
    assert compute(ren, NOON).rank == "regular"


def test_ra6_the_best_fifth_of_a_category_is_certified(ren):
    people = [make.account(name) for name in ("Asa", "Ito", "Uta", "Eri")]
    at = NOON
    for worker, yen in zip([ren, *people], (50_000, 40_000, 30_000, 20_000, 10_000), strict=True):
        Earning.objects.create(account=worker, category="10", yen=yen)

    assert (known(ren, at).position, known(ren, at).earners) == (1, 5)
    assert known(people[0], at).position == 2
    assert policy.is_top(1, 5)
    assert not policy.is_top(2, 5)


def test_earnings_are_what_was_released_before_the_fee_in_a_year(ren):
    contract = make.contract("completed", price=60_000)
    compute(ren, NOON)
    assert Earning.objects.get(account=ren).yen == 60_000
    assert known(ren, NOON).category == contract.job.category

    commands.compute_all(at=end_of_day(day_of(NOON) + 365 * DAY))

    assert not Earning.objects.filter(account=ren).exists()


def test_all_at_once_is_the_same_as_one_by_one(ren):
    make.contract("completed")
    sora = make.sora()
    alone = {person.pk: compute(person, NOON).rank for person in (ren, sora)}
    Standing.objects.all().delete()
    done = []

    count = commands.compute_all(at=NOON, told=done.append)

    assert done[-1] == count
    assert {pk: queries.ranks([pk])[pk] for pk in alone} == alone


def test_computing_again_changes_nothing_and_tells_nobody(ren):
    commands.compute_all(at=NOON)
    before = events(ren)

    commands.compute_all(at=NOON + DAY)

    assert events(ren) == before
    assert standing(ren).computed_at == NOON + DAY


def test_the_page_of_a_worker_tells_the_day_on_which_an_old_rating_drops_out(ren):
    for day, overall in ((0, 4), (40, 5), (80, 5)):
        at = NOON + day * DAY
        reviewed(make.contract("completed", at=at), overall, at=at)
    at = NOON + 100 * DAY
    compute(ren, at)

    path = queries.path(ren.pk, at=at)

    coming = path.forecasts["rating"]
    assert coming == date(2026, 4, 1) + 366 * DAY
    on_that_day = policy.conditions(known(ren, end_of_day(coming) - DAY / 24))
    assert next(one for one in on_that_day if one.name == "rating").holds
    the_day_before = policy.conditions(known(ren, end_of_day(coming) - DAY - DAY / 24))
    assert not next(one for one in the_day_before if one.name == "rating").holds


def test_the_database_keeps_to_the_five_ranks(ren):
    compute(ren, NOON)

    with pytest.raises(IntegrityError, match="standing_rank_known"), transaction.atomic():
        Standing.objects.update(rank="gold")
    with pytest.raises(IntegrityError, match="standing_falls_with_a_clock"), transaction.atomic():
        Standing.objects.update(status="falling")
