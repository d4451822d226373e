"""Writing a post through its form (JO4, JO5, JO9): drafts, preview, errors, rows."""

import html
import re
from datetime import date

import pytest

from enishi.jobs.models import Job
from tests import make
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def filled(**changes) -> dict[str, str]:
    """The form as a careful client fills it in."""
    values = {
        "title": "An article about roadside stations",
        "subcategory": "c01-s2",
        "description": "Talk to three people.",
        "deliverables": "3,000 characters",
        "acceptance": "The people named agree.",
        "pricing": "fixed",
        "budget_max": "60,000",
        "expected_hours": "20",
        "headcount": "1",
        "apply_by": "2026-04-15",
        "delivery_on": "2026-05-15",
        "question_1": "How long have you written?",
        "place": "At home",
        "rights": "transfer",
        "confidentiality": "work",
        "ai_use": "ask",
        "revision_rounds": "2",
        "address": "1-2-3 Asakusa",
        "act": "open",
    }
    return values | changes


def test_a_complete_post_opens_and_the_client_is_told_what_happens_next(as_hana):
    response = as_hana.post("/jobs/new/", filled(), follow=True)

    job = Job.objects.get()
    assert (job.status, job.budget_max, job.questions) == (
        "open",
        60_000,
        ["How long have you written?"],
    )
    assert response.redirect_chain == [(f"/jobs/{job.pk}/opening/", 302)]
    assert "What happens next" in text(response)


def test_a_draft_may_be_saved_with_nothing_but_a_title(as_hana):
    response = as_hana.post("/jobs/new/", filled(act="draft", **dict.fromkeys(BLANK, "")))

    job = Job.objects.get()
    assert (job.status, job.title) == ("draft", "An article about roadside stations")
    assert response.url == f"/jobs/{job.pk}/edit/"


BLANK = ("subcategory", "description", "budget_max", "apply_by", "delivery_on", "address", "place")


def test_the_preview_names_what_is_still_missing_and_then_opens(as_hana):
    as_hana.post("/jobs/new/", filled(act="preview", description=""))
    job = Job.objects.get()

    page = as_hana.get(f"/jobs/{job.pk}/preview/").content.decode()
    assert f'href="/jobs/{job.pk}/edit/#id_description"' in page
    assert f'action="/jobs/{job.pk}/opening/"' not in page

    as_hana.post(f"/jobs/{job.pk}/edit/", filled(act="preview"))
    page = as_hana.get(f"/jobs/{job.pk}/preview/").content.decode()
    assert f'action="/jobs/{job.pk}/opening/"' in page
    as_hana.post(f"/jobs/{job.pk}/opening/")
    assert Job.objects.get().status == "open"


def test_errors_are_tied_to_their_boxes_and_what_was_typed_is_kept(as_hana):
    response = as_hana.post(
        "/jobs/new/", filled(title="", apply_by="2026-03-01", budget_max="many", question_2="Why?")
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert not Job.objects.exists()
    for name in ("title", "apply_by", "budget_max"):
        assert f'href="#id_{name}"' in page
        assert f'id="id_{name}_error"' in page
    assert 'value="many"' in page
    assert 'value="Why?"' in page
    assert "Talk to three people." in page


def test_numbers_in_full_width_digits_are_understood(as_hana):
    as_hana.post(
        "/jobs/new/",
        filled(
            pricing="per_unit",
            unit="character",
            unit_price="１．２５",
            quantity="３，００１",
            expected_hours="１２",
            headcount="２",
        ),
    )

    job = Job.objects.get()
    assert (job.budget_min, job.budget_max, job.headcount) == (3751, 3751, 2)


def test_milestones_count_in_the_order_in_which_they_were_sent(as_hana):
    """The page lets one take a row out and put another at the end."""
    rows = {
        "milestone_3_title": "Draft",
        "milestone_3_amount": "20,000円",
        "milestone_3_due_on": "2026-05-01",
        "milestone_1_title": "Final",
        "milestone_1_amount": "40000",
        "milestone_1_due_on": "2026-05-15",
    }
    as_hana.post("/jobs/new/", filled(budget_max="") | rows)

    job = Job.objects.get()
    assert [step["title"] for step in job.milestones] == ["Draft", "Final"]
    assert (job.budget_min, job.budget_max) == (60_000, 60_000)


def test_half_a_milestone_is_pointed_out(as_hana):
    response = as_hana.post("/jobs/new/", filled(milestone_1_title="Draft"))

    assert response.status_code == 422
    assert 'href="#id_milestone_1_amount"' in response.content.decode()


def test_a_draft_comes_back_into_the_form_as_it_was_saved(as_hana):
    plan = (make.PlannedMilestone("All", 60_000, date(2026, 5, 15)),)
    job = make.job("draft", milestones=plan, continuing=True)

    page = as_hana.get(f"/jobs/{job.pk}/edit/").content.decode()

    for value in (job.title, "All", "2026-05-15", *job.questions):
        assert f'value="{html.escape(value)}"' in page


def test_saving_an_untouched_form_changes_nothing(as_hana):
    """Whatever the form shows of an open post says the same when it is sent back."""
    job = make.job(continuing=True, rights_note="With the name.", stop_after=5)
    page = as_hana.get(f"/jobs/{job.pk}/edit/").content.decode()

    as_hana.post(f"/jobs/{job.pk}/edit/", sent_back(page) | {"act": "save"})

    saved = Job.objects.get(pk=job.pk)
    assert saved.terms == job.terms
    assert saved.edited_at is None


def sent_back(page: str) -> dict[str, str]:
    """What a browser sends of the page's post form when nothing was typed."""
    form = page[
        page.index('data-draft="job-') : page.index("</form>", page.index('data-draft="job-'))
    ]
    values = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = {k: html.unescape(v) for k, v in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if given.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if given.get("type") not in ("file", "submit"):
            values[given["name"]] = given.get("value", "on")
    for name, words in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL
    ):
        values[name] = html.unescape(words).removeprefix("\n")
    for name, options in re.findall(
        r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    return values


def test_the_address_comes_from_the_clients_profile(as_hana):
    """JO5"""
    page = html.unescape(as_hana.get("/jobs/new/").content.decode())

    assert "1-2-3 Asakusa, Taito, Tokyo" in page


def test_who_acts_as_worker_is_offered_to_switch(as_ren):
    """PE1"""
    response = as_ren.post("/jobs/new/", filled())

    assert not Job.objects.exists()
    assert 'value="client"' in response.content.decode()
    assert 'name="next" value="/jobs/new/"' in response.content.decode()


@pytest.mark.parametrize("name", ["9" * 400, "9" * 5_000, "-1", "１", ""])
def test_what_is_no_file_of_the_post_is_not_dropped(client, name):
    post = make.job()
    client.force_login(post.client)

    answer = client.post(f"/jobs/{post.pk}/edit/", filled(act="open", drop=name))

    assert answer.status_code == 302
