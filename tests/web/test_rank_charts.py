"""RA9 in pictures and sentences: each drawn figure stands in a table, too, and few look few."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse

from enishi.contracts.commands import delivering, offering
from enishi.kit import clock
from enishi.messaging import commands as messaging
from enishi.ranks import commands, policy
from enishi.ranks.models import Earning, Standing
from enishi.reviews import commands as reviews
from enishi.web.formats import mean
from tests import make
from tests.ranks.people import regular
from tests.reviews.hires import SCORES

from .pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
SOON = {"answered_after": timedelta(hours=1), "at": make.NOON - timedelta(hours=5)}
CHARTS = ("Earnings by month", "Earnings of a year", "Average rating", "Answered in time")


@pytest.fixture(autouse=True)
def _sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"


@pytest.fixture
def ren(client):
    person = make.ren()
    client.force_login(person)
    return person


def worked(worker, client, *, overall, answered_after, at):
    """A contract with one question of the client, and what both said at its end."""
    sent = make.proposal(to=make.job(client=client, at=at), worker=worker, at=at)
    made = offering.offer(sent.pk, by=client, at=at, terms=make.offer_terms(at=at))
    make.agree(made, at=at)
    make.fund(make.milestone(made), at=at)
    messaging.post(made.thread_id, by=client, at=at, body="How far are you?")
    later = at + answered_after
    messaging.post(made.thread_id, by=worker, at=later, body="Nearly there.")
    make.deliver(make.milestone(made), at=later)
    delivering.accept(make.milestone(made).pk, by=client, at=later)
    for by in (client, worker):
        said = {"scores": SCORES, "overall": overall, "comment": "Thank you."}
        reviews.write(made.pk, by=by, at=later, **said)
    return made


def page(client):
    return text(client.get(reverse("rank")))


def compute(person):
    commands.compute(person.pk, at=clock.now())


def test_before_any_work_there_is_nothing_to_draw(client, ren):
    compute(ren)

    shown = page(client)

    assert "Nothing to draw yet" in shown
    assert "steps away" in shown
    assert not any(one in shown for one in CHARTS)


def test_each_figure_is_drawn_and_stands_in_a_table(client, ren):
    late = {"answered_after": timedelta(hours=30), "at": clock.now() - timedelta(days=3)}
    worked(regular(ren, at=clock.now()), make.hana(), overall=4, **late)
    compute(ren)

    shown = page(client)

    assert all(one in shown for one in CHARTS)
    assert "Today 4.00 1 in all" in shown
    assert "Today 0% 1 in all" in shown
    assert "Today ¥60,000" in shown
    assert "A hollow dot: so few say little." in shown
    assert "4 more orders rated 5 bring the average to 4.8." in shown
    assert "4 more replies within 24 hours bring the share to 80%" in shown
    assert "Depends on you" in shown


def test_what_silver_bears_is_told_to_whoever_has_it(client, ren):
    regular(ren, at=clock.now())
    for client_of_ren in (make.hana(), make.account("Kiku", "client")):
        worked(ren, client_of_ren, overall=5, **SOON)
    compute(ren)

    shown = page(client)

    assert Standing.objects.get(account=ren).rank == "silver"
    assert "What Silver bears" in shown
    assert "One order rated 4 would be too many." in shown
    assert "A place among so few" in shown


def test_whoever_may_lose_a_rank_reads_what_keeps_it_and_nothing_of_what_it_bears(client, ren):
    late = {"answered_after": timedelta(hours=30), "at": clock.now() - timedelta(days=3)}
    worked(regular(ren, at=clock.now()), make.hana(), overall=4, **late)
    Standing.objects.update_or_create(
        account=ren, defaults={"rank": "silver", "since": make.NOON, "computed_at": make.NOON}
    )
    compute(ren)

    shown = page(client)

    assert "What keeps your rank" in shown
    assert "Forecast of Certified" not in shown
    assert "Completed One order that ends by your fault would be too many." in shown
    assert "would be too many" not in shown.replace("by your fault would be too many", "")


def test_the_sum_that_certified_asks_for_is_told_where_ten_earn_and_rounded(client, ren):
    made = worked(regular(ren, at=clock.now()), make.hana(), overall=5, **SOON)
    category = made.job.category
    others = [make.account(f"Earner{number}") for number in range(9)]
    for number, other in enumerate(others):
        Earning.objects.create(account=other, category=category, yen=123_456 + number)
    compute(ren)

    shown = page(client)

    assert "About ¥70,000 more come to place 2 of today." in shown
    assert "About ¥130,000 today" in shown
    assert "123,4" not in shown  # what somebody earned
    assert "If the pace of the last 90 days" in shown


def test_a_mean_is_never_rounded_up_to_what_is_asked_for():
    just_below = Fraction(4_799, 1_000)

    assert just_below < policy.RATING_LEAST
    assert mean(just_below) == "4.79"
    assert mean(Fraction(5)) == "5.00"
