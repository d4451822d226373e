"""The worker list as clients read it, and how workers see their own entry (RA3, KN1)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enishi.profiles.working.commands import weeks
from tests import make
from tests.make import NOON
from tests.profiles import parts
from tests.trust.people import finished, listed
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_an_entry_says_what_can_be_judged_at_a_glance(as_hana):
    ann = listed("Ann", "silver", skills=["sk001"], weekly_hours=20)
    parts.everything(ann)
    finished(ann, client=make.hana())

    shown = text(as_hana.get("/workers/"))

    for said in (
        *("1 worker", "Ann", "Silver", "no reviews yet", "Identity not verified", "SEO writing"),
        "You have worked together once, in Apr 2026",
        "Finished contracts 1",
        "20 · 0 · 20 · 20 hours , week by week from this one",
        "One character 1.5–3 yen",
        "nothing to measure yet",
    ):
        assert said in shown


def test_alike_weeks_are_one_number_and_unsaid_ones_nothing(as_hana):
    listed("Ann", weekly_hours=20)
    zoe = listed("Zoe", weekly_hours=1)
    weeks.tell({date(2026, 3, 30): 1}, by=zoe, at=NOON)
    listed("Bob")

    shown = text(as_hana.get("/workers/"))

    assert "20 hours a week" in shown
    assert "1 hour a week" in shown
    assert shown.count("Hours in the coming weeks") == 2


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("", "The highest rank comes first"),
        ("newest", "Whoever joined last comes first."),
        ("closeness", "Those with whom you have worked most often come first"),
        ("nonsense", "The highest rank comes first"),
    ],
)
def test_the_list_says_why_it_goes_as_it_goes(as_hana, order, says):
    listed("Ann")

    assert says in text(as_hana.get(f"/workers/?sort={order}"))


def test_each_condition_can_be_taken_off_alone(as_hana):
    listed("Ann", "bronze", skills=["sk001"])

    answer = as_hana.get("/workers/?q=ann&skill=sk001&rank=bronze&category=nonsense")

    html = answer.content.decode()
    assert "Ann" in text(answer)
    assert "Bronze and above" in text(answer)
    assert 'href="/workers/?q=ann&amp;rank=bronze"' in html
    assert 'href="/workers/?skill=sk001&amp;rank=bronze"' in html


def test_empty_lists_teach_the_next_step(as_hana):
    assert "No worker is listed yet" in text(as_hana.get("/workers/"))
    assert "No worker fits these conditions" in text(as_hana.get("/workers/?q=nobody"))


def test_thirty_workers_cost_no_more_queries_than_one(as_hana):
    one = listed("One", "silver", skills=["sk001"])
    parts.everything(one)
    as_hana.get("/workers/?sort=closeness")
    costs = []

    for more in (0, 29):
        for number in range(more):
            listed(f"W{number}", skills=["sk002"])
        with CaptureQueriesContext(connection) as asked:
            as_hana.get("/workers/?sort=closeness")
        costs.append(len(asked))

    assert costs[0] == costs[1]


def test_a_worker_sees_their_own_entry_and_that_it_is_listed(as_ren):
    listed("Ren", "bronze", skills=["sk001"])

    shown = text(as_ren.get("/workers/mine/"))

    assert "You are in the list" in shown
    assert "Bronze" in shown
    assert "SEO writing" in shown


def test_an_unranked_worker_learns_where_the_list_begins(as_ren):
    shown = text(as_ren.get("/workers/mine/"))

    assert "You are not in the list yet" in shown
    assert "Unranked" in shown


def test_the_page_of_ranks_leads_there(as_ren):
    assert 'href="/workers/mine/"' in as_ren.get("/rank/").content.decode()


# The list of jobs


def test_a_post_says_that_one_has_worked_with_its_client(as_ren):
    """KN1"""
    hana = make.hana()
    finished(make.ren(), client=hana)
    make.job(client=hana)
    make.job(client=make.account("Other", "client"))

    shown = text(as_ren.get("/jobs/"))

    assert shown.count("You have worked together once, in Apr 2026") == 2  # two posts of hers


def test_visitors_read_nothing_of_it(client):
    finished(make.ren(), client=make.hana())
    make.job(client=make.hana())

    assert "worked together" not in text(client.get("/jobs/"))
