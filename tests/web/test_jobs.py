"""Posts through the pages (JO4–JO9, PE7): the list, a post, writing one, asking about it."""

import html
import re
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enishi.jobs import commands
from enishi.jobs.models import AddressView, Job, Question
from enishi.kit import clock
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """The market's time, so that days in the tests stay ahead."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def as_hana(client):
    client.force_login(make.hana())
    return client


@pytest.fixture
def as_ren(client):
    client.force_login(make.ren())
    return client


def text(response) -> str:
    """What a page says, as a reader gets it."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(words).split())


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


# The list


def test_the_list_is_open_to_all_and_shows_what_a_post_pays_by_the_hour(client):
    """PE7, JO7: 60,000 less 12,000 fee and 1,200 tax on it, over 20 hours."""
    make.job(title="Roadside stations")

    page = text(client.get("/jobs/", headers={"accept-language": "en"}))

    assert "Roadside stations" in page
    assert "¥60,000" in page
    assert "2,340 yen an hour" in page
    assert "1 job" in page


def test_the_list_costs_the_same_queries_at_1_and_30_rows(client, django_assert_num_queries):
    make.job()
    client.get("/jobs/")  # the first request fills caches of the process
    with django_assert_num_queries(NUMBER_OF_QUERIES):
        client.get("/jobs/")
    for number in range(29):
        make.job(client=make.account(f"Client{number}", "client"))
    with django_assert_num_queries(NUMBER_OF_QUERIES):
        client.get("/jobs/")


NUMBER_OF_QUERIES = 6  # posts, their count, faces, ratings (2), answers


def test_conditions_stand_above_the_list_and_each_can_be_taken_off(client):
    make.job(title="Cheap", budget_min=500, budget_max=500)
    make.job(title="Dear", budget_min=90_000, budget_max=90_000)

    response = client.get("/jobs/?category=c01&price_from=１，０００&sort=price")

    page = text(response)
    assert "Dear" in page
    assert "Cheap" not in page
    assert 'href="/jobs/?category=c01&amp;sort=price"' in response.content.decode()


@pytest.mark.parametrize(
    "query", ["price_from=abc", "category=nope", "due=9", "sort=worst", "after=zzz", "q=%00"]
)
def test_a_condition_that_cannot_be_understood_does_not_narrow(client, query):
    make.job(title="Still here")

    response = client.get(f"/jobs/?{query}")

    assert response.status_code == 200
    assert "Still here" in text(response)


def test_an_empty_list_says_what_to_do_next(client):
    assert "profile" in client.get("/jobs/").content.decode()
    assert 'href="/jobs/"' in client.get("/jobs/?q=nothing").content.decode()


def test_the_list_goes_on_behind_a_keyset(client):
    for number in range(settings.RULES.page_size + 1):
        make.job(title=f"Post number {number:03}")

    first = client.get("/jobs/")
    following = re.search(r'href="([^"]*after=[^"]*)" rel="next"', first.content.decode())
    second = text(client.get(html.unescape(following[1])))

    assert "Post number 000" not in text(first)
    assert "Post number 000" in second
    assert "Post number 001" not in second


# One post


def test_a_stranger_reads_a_post_without_its_address(client):
    """PE7, JO5"""
    job = make.job(address="Asakusa 1-2-3")

    page = text(client.get(f"/jobs/{job.pk}/"))

    assert job.title in page
    assert "Asakusa 1-2-3" not in page
    assert not AddressView.objects.exists()


def test_who_is_signed_in_sees_the_address_and_the_look_is_on_record(as_ren):
    """JO5"""
    job = make.job(address="Asakusa 1-2-3")

    assert "Asakusa 1-2-3" in text(as_ren.get(f"/jobs/{job.pk}/"))
    assert AddressView.objects.filter(job=job, viewer=make.ren()).count() == 1


def test_a_draft_is_found_by_its_client_alone(client, as_ren):
    draft = make.job("draft")

    assert as_ren.get(f"/jobs/{draft.pk}/").status_code == 404
    assert as_ren.get(f"/jobs/{draft.pk}/edit/").status_code == 404
    assert as_ren.get(f"/jobs/{draft.pk}/preview/").status_code == 404
    client.force_login(make.hana())
    assert client.get(f"/jobs/{draft.pk}/").url == f"/jobs/{draft.pk}/preview/"


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_post_is_shown_in_every_state_to_every_reader(client, state):
    job = make.job(state)

    for reader in (None, make.hana(), make.ren()):
        client.logout() if reader is None else client.force_login(reader)
        assert client.get(f"/jobs/{job.pk}/").status_code == 200


def test_an_attachment_is_saved_and_never_shown_in_the_page(client):
    job = make.job("draft")
    file = SimpleUploadedFile("plan.html", b"<script>1</script>")
    commands.publish(job.pk, by=job.client, at=NOON, terms=job.terms, files=[file])
    kept, other = job.files.get(), make.job()
    assert client.get(f"/jobs/{other.pk}/files/{kept.file_id}/").status_code == 404

    response = client.get(f"/jobs/{job.pk}/files/{kept.file_id}/")

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content) == b"<script>1</script>"


def test_a_change_is_shown_to_applicants_with_what_stood_there_before(client):
    """JO6"""
    job = make.job(title="Before")
    ren = make.proposal(to=job).worker
    commands.edit(job.pk, by=job.client, at=NOON, terms=make.terms(title="After"))

    def says_before(account):
        client.force_login(account)
        return "Before" in text(client.get(f"/jobs/{job.pk}/"))

    assert says_before(job.client)
    assert says_before(ren)
    assert not says_before(make.sora())


# Writing


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


# Acts


def test_close_reopen_copy_and_throw_away(as_hana):
    job = make.job()
    address = f"/jobs/{job.pk}"

    assert as_hana.post(f"{address}/closure/").url == f"{address}/"
    days = {"apply_by": "2026-04-20", "delivery_on": "2026-05-20"}
    assert as_hana.get(f"{address}/reopening/").status_code == 200
    assert as_hana.post(f"{address}/reopening/", days).url == f"{address}/opening/"
    copy = as_hana.post(f"{address}/copies/").url
    assert as_hana.get(copy).status_code == 200
    assert as_hana.post(copy.replace("edit", "discard")).url == "/my/jobs/"

    job.refresh_from_db()
    assert (job.status, job.apply_by) == ("open", date(2026, 4, 20))


def test_reopening_with_a_day_that_has_passed_points_at_the_day(as_hana):
    job = make.job("closed")

    days = {"apply_by": "2026-03-20", "delivery_on": "2026-05-20"}
    response = as_hana.post(f"/jobs/{job.pk}/reopening/", days)

    assert response.status_code == 422
    assert 'id="id_apply_by_error"' in response.content.decode()


def test_a_paused_post_is_resumed(as_hana):
    job = make.job(stop_after=1)
    make.proposal(to=job)

    as_hana.post(f"/jobs/{job.pk}/resumption/")

    assert Job.objects.get(pk=job.pk).status == "open"


def test_a_refused_act_leads_back_with_its_sentence(as_hana):
    job = make.job("closed")

    response = as_hana.post(f"/jobs/{job.pk}/closure/", follow=True)

    assert "This post is closed already." in text(response)


@pytest.mark.parametrize(
    "name", ["job_closure", "job_copies", "job_resumption", "job_discard", "job_opening"]
)
def test_strangers_do_nothing_with_a_post(as_ren, name):
    job = make.job()

    assert as_ren.post(reverse(name, args=[job.pk])).status_code == 404


# Questions


def test_a_public_question_is_asked_and_answered_on_the_page(client):
    """JO8"""
    job = make.job()
    client.force_login(make.ren())
    client.post(f"/jobs/{job.pk}/questions/", {"text": "By video?", "is_public": "on"})
    question = Question.objects.get()
    client.force_login(job.client)
    assert (
        f"/jobs/questions/{question.pk}/answer/" in client.get(f"/jobs/{job.pk}/").content.decode()
    )
    client.post(f"/jobs/questions/{question.pk}/answer/", {"text": "Yes, by video."})
    client.logout()

    page = text(client.get(f"/jobs/{job.pk}/"))

    assert "By video?" in page
    assert "Yes, by video." in page


def test_the_relay_reaches_the_recruiter_alone(client):
    """JO5"""
    job = make.job()
    client.force_login(make.ren())
    client.post(f"/jobs/{job.pk}/questions/", {"text": "May I call?"})

    def reads(account):
        client.force_login(account)
        return "May I call?" in text(client.get(f"/jobs/{job.pk}/"))

    assert reads(job.client)
    assert reads(make.ren())
    assert not reads(make.sora())


def test_an_empty_question_comes_back_in_its_place(as_ren):
    job = make.job()

    response = as_ren.post(f"/jobs/{job.pk}/questions/", {"text": " ", "is_public": "on"})

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()


def test_nobody_answers_for_the_client(as_ren):
    job = make.job()
    question = commands.ask(job.pk, by=make.sora(), at=NOON, text="Why?")

    answer = {"text": "Because."}
    assert as_ren.post(f"/jobs/questions/{question.pk}/answer/", answer).status_code == 404


# The client's own


def test_ones_own_posts_show_who_waits_for_an_answer(as_hana):
    make.job("draft", title="Half a thought")
    job = make.job(title="Open one")
    make.proposal(to=job)

    page = text(as_hana.get("/my/jobs/"))

    assert "Open one" in page
    assert "Answer 1 applicant" in page
    assert "Half a thought" not in page
    assert "Half a thought" in text(as_hana.get("/my/jobs/?status=drafts"))


def test_ones_own_posts_cost_the_same_queries_at_1_and_20_rows(
    as_hana, django_assert_max_num_queries, django_assert_num_queries
):
    make.proposal(to=make.job())
    as_hana.get("/my/jobs/")  # the first request of a session writes it down
    with django_assert_max_num_queries(20) as first:
        as_hana.get("/my/jobs/")
    for _ in range(19):
        make.job()
    with django_assert_num_queries(len(first)):
        as_hana.get("/my/jobs/")
