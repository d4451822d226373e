"""Two to four applicants side by side (AP2): what is compared, who sees it, what one does there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enishi.proposals import commands
from tests import make
from tests.make import NOON
from tests.trust.people import finished
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def job():
    return make.job()


def applied(job, *names, **fields):
    return [make.proposal(to=job, worker=make.account(name), **fields) for name in names]


def page(job, *ids):
    return f"/jobs/{job.pk}/comparison/?" + "&".join(f"with={one}" for one in ids)


def test_applicants_stand_side_by_side_in_the_order_of_the_address(as_hana, job):
    one, two = applied(job, "Ann", "Bob", message="I write slowly.")
    shown = text(as_hana.get(page(job, two.pk, one.pk)))

    assert shown.index("Bob") < shown.index("Ann")
    assert shown.count("¥46,800") == 2  # what each receives
    assert shown.count("¥2,340") == 2  # by the hour, for twenty hours
    assert shown.count("How long have you written?") == 2
    assert shown.count("I write slowly.") == 2


def test_what_differs_is_said_and_what_is_the_same_steps_back(as_hana, job):
    (cheap,) = applied(job, "Ann", amount=50_000)
    (dear,) = applied(job, "Bob", amount=60_000)

    answer = as_hana.get(page(job, cheap.pk, dear.pk))

    shown = text(answer)
    assert "They differ in Price" in shown
    assert "The same for all Delivery date, Rank" in shown
    assert shown.count("lowest") == 1
    assert "earliest" not in shown
    assert answer.content.decode().count("kv--same") == 2 * 9


def test_work_done_together_is_told(as_hana, job):
    ren = make.ren()
    for _ in range(2):
        finished(ren, client=job.client)
    known = make.proposal(to=job, worker=ren)
    (other,) = applied(job, "Ann")

    shown = text(as_hana.get(page(job, known.pk, other.pk)))

    assert "You have worked together 2 times, last in Apr 2026" in shown
    assert shown.count("Not yet") == 1


def test_what_the_address_names_wrongly_is_left_out_with_a_sentence(as_hana, job):
    one, two = applied(job, "Ann", "Bob")
    (elsewhere,) = applied(make.job(client=make.account("Other", "client")), "Cat")
    (of_another_post,) = applied(make.job(client=job.client), "Cat")
    wrong = ("x", elsewhere.pk, of_another_post.pk, "9" * 30)

    shown = text(as_hana.get(page(job, one.pk, *wrong, two.pk, one.pk)))

    assert "4 entries in the address were left out" in shown
    assert "Ann" in shown
    assert "Bob" in shown
    assert "Cat" not in shown


def test_no_more_than_four_are_shown(as_hana, job):
    sent = applied(job, "Ann", "Bob", "Cat", "Dan", "Zoe")

    shown = text(as_hana.get(page(job, *(one.pk for one in sent))))

    assert "Up to 4 applicants stand side by side" in shown
    assert "Dan" in shown
    assert "Zoe" not in shown


def test_with_nobody_chosen_the_page_says_how_to_choose(as_hana, job):
    answer = as_hana.get(page(job))

    assert answer.status_code == 200
    assert "Choose two to four applicants" in text(answer)


def test_with_one_alone_another_is_asked_for(as_hana, job):
    (one,) = applied(job, "Ann")

    shown = text(as_hana.get(page(job, one.pk)))

    assert "There is only one here" in shown
    assert "Ann" in shown


def test_nobody_but_the_client_of_the_post_finds_the_page(client, job):
    (sent,) = applied(job, "Ann")

    for person in (sent.worker, make.sora(), make.account("Other", "client")):
        client.force_login(person)
        assert client.get(page(job, sent.pk)).status_code == 404


def test_the_shortlist_leads_back_to_the_same_comparison(as_hana, job):
    one, two = applied(job, "Ann", "Bob")

    answer = as_hana.post(
        f"/proposals/{one.pk}/shortlist/", {"back": "comparison", "with": f"{two.pk}-{one.pk}-x"}
    )

    assert answer.url == page(job, two.pk, one.pk)
    one.refresh_from_db()
    assert one.status == "shortlisted"


def test_who_was_answered_can_be_read_but_not_answered_again(as_hana, job):
    one, two = applied(job, "Ann", "Bob")
    commands.decline(one.pk, by=job.client, at=NOON, reason="price")

    html = as_hana.get(page(job, one.pk, two.pk)).content.decode()

    assert f"/proposals/{one.pk}/decline/" not in html
    assert f"/proposals/{two.pk}/decline/" in html


def test_four_cost_no_more_queries_than_two(as_hana, job):
    sent = [one.pk for one in applied(job, "Ann", "Bob", "Cat", "Dan")]
    as_hana.get(page(job, *sent))
    costs = []

    for chosen in (sent[:2], sent):
        with CaptureQueriesContext(connection) as asked:
            as_hana.get(page(job, *chosen))
        costs.append(len(asked))

    assert costs[0] == costs[1]
