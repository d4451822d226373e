"""Drafts over HTTP: one's own alone (A1), never silently overwritten, gone once the form arrived;
an ended session or a stale page loses nothing (ME1)."""

import pytest
from django.test import Client

from enishi.drafts import commands
from enishi.drafts.models import Draft
from enishi.proposals.models import Proposal
from tests import make
from tests.make import NOON
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def keep(browser, words, seen=0, place="proposal-7"):
    return browser.post("/drafts/", {"place": place, "seen": seen, "box:message": words})


def application(job, **changes):
    answers = {f"answer_{number}": "Yes." for number in (1, 2)}
    values = {"amount": "60000", "delivery_on": "2026-05-15", "message": "I would like to."}
    return answers | values | changes


def test_what_is_written_comes_back_on_another_device(as_ren):
    kept = keep(as_ren, ["one", "two"])
    elsewhere = Client()
    elsewhere.force_login(make.ren())

    found = elsewhere.get("/drafts/", {"place": "proposal-7"})

    assert kept.status_code == 200
    assert found.json()["draft"]["boxes"] == {"message": ["one", "two"]}
    assert found.headers["Cache-Control"] == "no-store"


def test_where_nothing_was_written_there_is_no_draft(as_ren):
    assert as_ren.get("/drafts/", {"place": "proposal-7"}).json() == {"draft": None}


def test_the_draft_of_another_is_not_there(as_ren):
    """A1"""
    draft = commands.keep("proposal-7", by=make.sora(), at=NOON, boxes={"message": ["mine"]})

    assert as_ren.get("/drafts/", {"place": "proposal-7"}).json() == {"draft": None}
    assert as_ren.post(f"/drafts/{draft.pk}/discard/").status_code == 404
    assert Draft.objects.count() == 1


def test_a_visitor_keeps_nothing_here(client):
    assert keep(client, "x").status_code == 302
    assert not Draft.objects.exists()


def test_a_newer_text_comes_back_instead_of_being_overwritten(as_ren):
    keep(as_ren, "one")
    keep(as_ren, "two", seen=1)

    answer = keep(as_ren, "three", seen=1)

    assert answer.status_code == 409
    assert answer.json()["draft"]["boxes"] == {"message": ["two"]}


def test_a_form_without_drafts_is_refused_in_words(as_ren):
    answer = keep(as_ren, "x", place="bank-1")

    assert (answer.status_code, answer.json()) == (
        422,
        {"refused": "Drafts of this form are not kept."},
    )


def test_a_form_that_arrived_leaves_no_draft(as_ren):
    job = make.job()
    place = f"proposal-{job.pk}"
    keep(as_ren, "I would", place=place)

    as_ren.post(f"/jobs/{job.pk}/proposals/new/", application(job, draft=f"{place}:1"))

    assert Proposal.objects.count() == 1
    assert not Draft.objects.exists()


@pytest.mark.parametrize("wrong", [{"amount": ""}, {"act": "preview"}])
def test_a_form_that_came_back_keeps_its_draft(as_ren, wrong):
    job = make.job()
    place = f"proposal-{job.pk}"
    keep(as_ren, "I would", place=place)

    as_ren.post(f"/jobs/{job.pk}/proposals/new/", application(job, draft=f"{place}:1") | wrong)

    assert Draft.objects.count() == 1


def test_a_refused_form_keeps_its_draft(as_ren):
    """A refusal redirects too, but nothing arrived."""
    job = make.job("closed")
    place = f"proposal-{job.pk}"
    keep(as_ren, "I would", place=place)

    answer = as_ren.post(f"/jobs/{job.pk}/proposals/new/", application(job, draft=f"{place}:1"))

    assert answer.status_code == 302
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    "named", ["", ":", "proposal-7", "proposal-7:x", "a\0b:1", f"proposal-7:{9**18}"]
)
def test_a_damaged_name_of_a_draft_does_no_harm(as_ren, named):
    keep(as_ren, "I would")

    answer = as_ren.post("/settings/name/", {"name": "Ren", "draft": named})

    assert answer.status_code == 302


def test_an_ended_session_leads_back_to_the_page_with_the_form(client):
    came = {"referer": "http://testserver/proposals/3/?x=1"}

    answer = client.post("/messages/3/entries/", {"body": "words"}, headers=came)

    assert answer.url == "/account/login/?next=/proposals/3/%3Fx%3D1"


def stale():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make.ren())
    return browser


def test_a_stale_page_shows_what_was_typed_and_sends_it_once_more():
    browser, job = stale(), make.job()
    typed = application(job, message="My <b>long</b> letter")
    address = f"/jobs/{job.pk}/proposals/new/"

    answer = browser.post(address, typed, headers={"origin": "http://testserver"})

    assert answer.status_code == 403
    assert "My <b>long</b> letter" in text(answer)
    assert f'action="{address}"' in answer.content.decode()
    token = browser.cookies["csrftoken"].value
    again = browser.post(address, typed | {"csrfmiddlewaretoken": token})
    assert (again.status_code, Proposal.objects.count()) == (302, 1)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil"])
def test_a_form_of_another_site_is_not_offered_to_be_sent(origin):
    browser, job = stale(), make.job()

    answer = browser.post(
        f"/jobs/{job.pk}/proposals/new/", application(job), headers={"origin": origin}
    )

    assert answer.status_code == 403
    assert "I would like to." not in answer.content.decode()


def test_a_stale_page_shows_no_secret_and_sends_none():
    browser = stale()

    answer = browser.post(
        "/settings/bank-account/",
        {"bank": "0001", "branch": "001", "number": "7654321", "holder": "レン"},
        headers={"origin": "http://testserver"},
    )

    assert answer.status_code == 403
    assert "7654321" not in answer.content.decode()
