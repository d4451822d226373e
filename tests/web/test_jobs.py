"""Posts through the pages (JO5–JO9, PE7): the list, a post, acts, questions, one's own."""

import html
import re
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enishi.files import scans
from enishi.files.scans import Verdict
from enishi.jobs import commands
from enishi.jobs.models import AddressView, Job, Question
from tests import make
from tests.make import NOON
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


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


NUMBER_OF_QUERIES = 6  # posts, their count, faces, what is kept of clients, what is not, prices


def test_conditions_stand_above_the_list_and_each_can_be_taken_off(client):
    make.job(title="Cheap", budget_min=500, budget_max=500)
    make.job(title="Dear", budget_min=90_000, budget_max=90_000)

    response = client.get("/jobs/?category=c01&price_from=１，０００&sort=price")

    page = text(response)
    assert "Dear" in page
    assert "Cheap" not in page
    assert 'href="/jobs/?category=c01&amp;sort=price"' in response.content.decode()


@pytest.mark.parametrize(
    "query", ["price_from=abc", "category=nope", "due=9", "sort=worst", "after=zzz"]
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
    scans.conclude(kept.file_id, Verdict("skip", reason="no_scanner"), at=NOON)

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


def test_what_stood_there_before_is_text_and_never_markup(client):
    """I3"""
    job = make.job(title="<img src=x onerror=alert(1)>")
    commands.edit(job.pk, by=job.client, at=NOON, terms=make.terms(title="After"))
    client.force_login(job.client)

    page = client.get(f"/jobs/{job.pk}/").content.decode()

    assert "&lt;img src=x" in page
    assert "<img src=x" not in page


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
