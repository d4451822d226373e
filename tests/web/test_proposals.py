"""Applications through the pages (AP1–AP4): writing one, answering, watching it."""

import html
import re
from datetime import date

import pytest

from enishi.contracts.commands import offering
from enishi.jobs.models import Job
from enishi.proposals import commands
from enishi.proposals.models import Proposal
from tests import make
from tests.make import NOON
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def filled(**changes) -> dict[str, str]:
    values = {
        "amount": "55,000",
        "delivery_on": "2026-05-10",
        "message": "I would like to write this.",
        "answer_1": "Six years.",
        "answer_2": "Mondays.",
        "questions_back": "",
        "hold_until": "",
        "act": "send",
    }
    return values | changes


# Applying


def test_a_complete_application_is_sent_and_shown(as_ren):
    job = make.job()

    response = as_ren.post(f"/jobs/{job.pk}/proposals/new/", filled(), follow=True)

    sent = Proposal.objects.get()
    assert (sent.amount, sent.delivery_on) == (55_000, date(2026, 5, 10))
    assert [row["answer"] for row in sent.answers] == ["Six years.", "Mondays."]
    assert response.redirect_chain == [(f"/proposals/{sent.pk}/", 302)]
    assert "Six years." in text(response)


def test_each_missing_answer_is_pointed_out_and_everything_typed_is_kept(as_ren):
    """AP1"""
    job = make.job()

    response = as_ren.post(
        f"/jobs/{job.pk}/proposals/new/", filled(answer_1="", answer_2=" ", amount="５５０００")
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert not Proposal.objects.exists()
    for name in ("answer_1", "answer_2"):
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}_error"' in page
    assert page.count("This question has no answer yet.") == 4  # in the summary and under the box
    assert 'value="５５０００"' in page
    assert "I would like to write this." in page


def test_what_one_receives_is_shown_before_anything_is_sent(as_ren):
    """CO8–CO10: 60,000 less 12,000 fee and 1,200 tax; nothing is withheld."""
    job = make.job()

    page = text(as_ren.get(f"/jobs/{job.pk}/proposals/new/"))
    assert "¥46,800" in page

    typed = text(as_ren.get(f"/jobs/{job.pk}/proposals/new/?amount=１１，０００"))
    assert "¥8,580" in typed


def test_income_tax_withheld_by_a_company_is_shown(as_ren):
    """CO10: 11,000 with 1,021 withheld leaves 7,559."""
    firm = make.account("Firm", "client")
    make.profiles.present_client(
        by=firm, at=NOON, kind="organisation", payer_kind="company", recruiter_name="Firm"
    )
    job = make.job(client=firm)

    page = text(as_ren.get(f"/jobs/{job.pk}/proposals/new/?amount=11000"))

    assert "−¥1,021" in page
    assert "¥7,559" in page


def test_without_javascript_one_can_check_before_sending(as_ren):
    job = make.job()

    response = as_ren.post(f"/jobs/{job.pk}/proposals/new/", filled(amount="11000", act="preview"))

    assert response.status_code == 200
    assert not Proposal.objects.exists()
    assert "This is what will be sent." in text(response)
    assert "¥8,580" in text(response)


@pytest.mark.parametrize("amount", ["", "abc", "99", "1" * 30])
def test_a_price_that_cannot_be_shows_no_breakdown(as_ren, amount):
    job = make.job(budget_min=500, budget_max=600)

    response = as_ren.get(f"/jobs/{job.pk}/proposals/new/", {"amount": amount})

    assert response.status_code == 200
    assert "Enter a price" in text(response)


def test_a_template_can_be_put_into_the_message_by_a_link(as_ren):
    """AP1"""
    job = make.job()

    page = as_ren.get(f"/jobs/{job.pk}/proposals/new/?template=application_beginner")

    box = re.search(
        r"<textarea[^>]*name=\"message\"[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL
    )
    assert job.title in html.unescape(box[1])


def test_who_has_applied_is_led_to_the_application(as_ren):
    sent = make.proposal()

    assert as_ren.get(f"/jobs/{sent.job_id}/proposals/new/").url == f"/proposals/{sent.pk}/"


def test_a_refusal_of_the_command_stands_on_the_form(as_ren):
    job = make.job()

    response = as_ren.post(f"/jobs/{job.pk}/proposals/new/", filled(delivery_on="2026-03-01"))

    assert response.status_code == 422
    assert "The delivery date lies in the past." in text(response)
    assert "I would like to write this." in text(response)


def test_nobody_applies_to_a_closed_post_to_a_draft_or_as_client(client):
    client.force_login(make.ren())
    closed, draft = make.job("closed"), make.job("draft")

    refused = client.post(f"/jobs/{closed.pk}/proposals/new/", filled(), follow=True)
    assert "takes no applications" in text(refused)
    assert client.post(f"/jobs/{draft.pk}/proposals/new/", filled()).status_code == 404
    client.force_login(make.account("Other", "client"))
    job = make.job()
    assert (
        'value="worker"' in client.post(f"/jobs/{job.pk}/proposals/new/", filled()).content.decode()
    )
    assert not Proposal.objects.exists()


def test_applying_asks_for_sign_in(client):
    job = make.job()

    assert "/account/login/" in client.get(f"/jobs/{job.pk}/proposals/new/").url


# The page of an application


@pytest.mark.parametrize(
    "state", ["sent", "shortlisted", "offered", "hired", "declined", "withdrawn", "lapsed"]
)
def test_both_sides_see_every_state_and_strangers_none(client, state):
    sent = walked(state)

    for reader in (sent.client, sent.worker):
        client.force_login(reader)
        assert client.get(f"/proposals/{sent.pk}/").status_code == 200
    client.force_login(make.sora())
    assert client.get(f"/proposals/{sent.pk}/").status_code == 404


def walked(state: str) -> Proposal:
    sent = make.proposal()
    if state == "shortlisted":
        commands.shortlist(sent.pk, by=sent.client, at=NOON)
    elif state in ("offered", "hired"):
        made = offering.offer(sent.pk, by=sent.client, at=NOON, terms=make.offer_terms())
        if state == "hired":
            make.agree(made)
    elif state == "declined":
        commands.decline(sent.pk, by=sent.client, at=NOON, reason="price", message="Too dear.")
    elif state == "withdrawn":
        commands.withdraw(sent.pk, by=sent.worker, at=NOON)
    elif state == "lapsed":
        commands.tick(sent.pk, at=sent.due_at)
    return Proposal.objects.get(pk=sent.pk)


def test_the_page_says_whose_turn_it_is_and_what_happens_otherwise(client):
    sent = make.proposal()

    client.force_login(sent.client)
    page = text(client.get(f"/proposals/{sent.pk}/"))
    assert "It is your turn" in page
    assert "your answer rate falls" in page
    client.force_login(sent.worker)
    page = text(client.get(f"/proposals/{sent.pk}/"))
    assert "It is their turn" in page
    assert "no mark on you" in page


def test_the_worker_reads_the_reason_of_a_decline(as_ren):
    """AP2"""
    sent = walked("declined")

    page = text(as_ren.get(f"/proposals/{sent.pk}/"))

    assert "The price does not fit the budget" in page
    assert "Too dear." in page


def test_the_note_is_read_by_the_client_alone(client):
    sent = make.proposal()
    client.force_login(sent.client)
    client.post(f"/proposals/{sent.pk}/note/", {"text": "A secret thought."})

    assert "A secret thought." in text(client.get(f"/proposals/{sent.pk}/"))
    client.force_login(sent.worker)
    assert "A secret thought." not in text(client.get(f"/proposals/{sent.pk}/"))


# Acts


def test_the_client_shortlists_and_takes_off_again(as_hana):
    sent = make.proposal()

    assert as_hana.post(f"/proposals/{sent.pk}/shortlist/").url == f"/proposals/{sent.pk}/"
    assert Proposal.objects.get().status == "shortlisted"
    back = as_hana.post(f"/proposals/{sent.pk}/unlisting/", {"back": "list"})
    assert back.url == f"/jobs/{sent.job_id}/proposals/"
    assert Proposal.objects.get().status == "sent"


def test_declining_needs_a_reason(as_hana):
    """AP2"""
    sent = make.proposal()
    address = f"/proposals/{sent.pk}/decline/"

    assert as_hana.get(address).status_code == 200
    empty = as_hana.post(address, {"message": "Dear Ren"})
    assert empty.status_code == 422
    assert "Dear Ren" in text(empty)
    done = as_hana.post(address, {"reason": "schedule", "message": "Dear Ren"})

    assert done.url == f"/jobs/{sent.job_id}/proposals/"
    assert Proposal.objects.get().decline_reason == "schedule"


def test_the_worker_withdraws(as_ren):
    """AP4"""
    sent = make.proposal()

    as_ren.post(f"/proposals/{sent.pk}/withdrawal/")

    assert Proposal.objects.get().status == "withdrawn"
    assert Job.objects.get().applicants == 0


def test_the_worker_says_until_when_the_application_stands(as_ren):
    """AP4"""
    sent = make.proposal()

    as_ren.post(f"/proposals/{sent.pk}/hold/", {"until": "2026-04-10"})
    assert Proposal.objects.get().hold_until == date(2026, 4, 10)
    past = as_ren.post(f"/proposals/{sent.pk}/hold/", {"until": "2026-03-10"})

    assert past.status_code == 422
    assert "has passed" in text(past)
    assert 'value="2026-03-10"' in past.content.decode()


@pytest.mark.parametrize("act", ["shortlist", "unlisting", "note", "decline", "withdrawal", "hold"])
def test_strangers_do_nothing_with_an_application(client, act):
    sent = make.proposal()
    client.force_login(make.sora())

    answer = {"reason": "price", "text": "x"}
    assert client.post(f"/proposals/{sent.pk}/{act}/", answer).status_code == 404


def test_an_answer_that_comes_too_late_is_refused_with_a_sentence(as_hana):
    sent = walked("withdrawn")

    response = as_hana.post(f"/proposals/{sent.pk}/shortlist/", follow=True)

    assert "The worker withdrew this application." in text(response)


# Lists


def test_the_client_sees_all_applicants_with_price_and_due_time(as_hana):
    job = make.job()
    make.proposal(to=job, amount=58_000)

    page = text(as_hana.get(f"/jobs/{job.pk}/proposals/"))

    assert "Ren" in page
    assert "¥58,000" in page
    assert "22 Apr, 24:00" in page
    assert "Nobody has applied yet" in text(as_hana.get(f"/jobs/{make.job().pk}/proposals/"))


def test_strangers_do_not_see_who_applied(as_ren):
    sent = make.proposal()

    assert as_ren.get(f"/jobs/{sent.job_id}/proposals/").status_code == 404


def test_the_list_of_applicants_costs_the_same_queries_at_1_and_20_rows(
    as_hana, django_assert_max_num_queries, django_assert_num_queries
):
    job = make.job()
    make.proposal(to=job)
    as_hana.get(f"/jobs/{job.pk}/proposals/")  # the first request of a session writes it down
    with django_assert_max_num_queries(20) as first:
        as_hana.get(f"/jobs/{job.pk}/proposals/")
    for number in range(24):
        make.proposal(to=job, worker=make.account(f"Worker{number}"))
    with django_assert_num_queries(len(first)):
        as_hana.get(f"/jobs/{job.pk}/proposals/?sort=price")


def test_everything_applied_for_stands_on_one_page(as_ren):
    """AP4"""
    for state in ("sent", "declined", "offered"):
        walked(state)

    page = text(as_ren.get("/my/proposals/"))

    order = [
        "An offer waits for your answer",
        "Waiting for the client's answer",
        "Ended applications",
    ]
    places = [page.index(title) for title in order]
    assert places == sorted(places)


def test_the_list_of_ones_applications_costs_the_same_queries_at_1_and_20_rows(
    as_ren, django_assert_max_num_queries, django_assert_num_queries
):
    walked("offered")
    as_ren.get("/my/proposals/")
    with django_assert_max_num_queries(20) as first:
        as_ren.get("/my/proposals/")
    for _ in range(24):
        make.proposal(to=make.job())
    with django_assert_num_queries(len(first)):
        as_ren.get("/my/proposals/")


def test_an_empty_list_of_applications_teaches_the_next_step(as_ren):
    page = as_ren.get("/my/proposals/")

    assert "You have not applied to anything yet" in text(page)
    assert 'href="/jobs/"' in page.content.decode()


# The order of applicants


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ("newest", "The latest application comes first."),
        ("closeness", "Those with whom you have worked most often come first"),
        ("price", "The lowest price comes first"),
        ("fit", "One point for each of these"),
        ("nonsense", "The latest application comes first."),
    ],
)
def test_the_list_says_why_it_goes_as_it_goes(as_hana, order, says):
    """AP6"""
    job = make.job()
    make.proposal(to=job)

    shown = text(as_hana.get(f"/jobs/{job.pk}/proposals/?sort={order}"))

    assert says in shown
    assert "one place in 5 is for workers with fewer than 3 finished contracts" in shown


def test_a_newcomer_on_the_fifth_place_stands_there_as_one(as_hana):
    job = make.job()
    for number in range(5):
        make.proposal(to=job, worker=make.account(f"Worker{number}"))

    shown = text(as_hana.get(f"/jobs/{job.pk}/proposals/"))

    assert shown.count("A newcomer's place") == 1
    assert shown.index("A newcomer's place") > shown.index("Worker0")


def test_the_points_of_a_fit_are_written_out(as_hana):
    job = make.job(skills=("sk001", "sk004"))
    make.proposal(to=job)

    shown = text(as_hana.get(f"/jobs/{job.pk}/proposals/?sort=fit"))

    assert "Fit: 2 of 5 points" in shown
    assert "0 of 2 skills does not count" in shown
    assert "Delivers by your day counts" in shown
