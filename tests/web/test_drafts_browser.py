"""Drafts in a real browser (ME1): a closed tab, another device, no connection, an ended session,
two windows, another account on the same device. What was typed is always there, and only for its
writer."""

import re
from contextlib import contextmanager

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import expect, sync_playwright

from tests.journeys.site import CHROMIUM, FLAGS

LONG = "I have written for ten years.\nMy last piece is about stations."
PHONE = {"width": 390, "height": 844}
# The pauses of the pages are for people: here each is a tenth.
HURRY = "(wait => { setTimeout = (act, ms, ...more) => wait(act, ms / 10, ...more); })(setTimeout)"


class Thread(LiveServerThread):
    server_class = ThreadedWSGIServer


@pytest.fixture
def address(market, monkeypatch, settings):
    """Our pages over HTTP in this process, with real commits."""
    from enishi.kit import clock
    from tests.make import NOON

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright leaves a loop running
    monkeypatch.setattr(clock, "read", lambda: (NOON, False))
    monkeypatch.setattr(clock, "now", lambda: NOON)
    server = Thread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    settings.URL = f"http://localhost:{server.port}"
    yield settings.URL
    server.terminate()
    connections.close_all()


@pytest.fixture
def job(address):
    from tests import make

    return make.job()


@pytest.fixture
def chromium(job):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS
        )
        yield browser
        browser.close()
        connections.close_all()  # those of Playwright's loop are not seen from outside of it


@pytest.fixture
def device(chromium, address):
    """Opens a browser of its own in which someone is signed in."""

    def opened(who):
        context = chromium.new_context(
            base_url=address, locale="en-US", viewport=PHONE, service_workers="block"
        )
        context.set_default_timeout(10_000)
        context.add_init_script(HURRY)
        enter(context, address, who)
        return context

    return opened


def enter(context, address, who):
    session = Client()
    session.force_login(who)
    value = session.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": address}])


def come(page, path):
    """To a page with a form, until it knows whether there is a draft."""
    with page.expect_response("**/drafts/?place=*"):
        page.goto(path)


def write(page, path, words, box="message"):
    come(page, path)
    page.fill(f"[name={box}]", words)
    page.locator("[data-draft-state]").last.wait_for()
    expect(page.locator("[data-draft-state]").last).to_have_text("Kept until you send it")


def drafts():
    from enishi.drafts.models import Draft

    return {(one.account.name, one.place): one.boxes for one in Draft.objects.all()}


@contextmanager
def no_answer(context, status=None):
    """The connection is gone, or our side is: 503."""
    if status is None:
        context.set_offline(True)
        yield
        context.set_offline(False)
        return
    context.route("**/drafts/**", lambda route: route.fulfill(status=status))
    yield
    context.unroute("**/drafts/**")


def test_a_closed_tab_is_taken_up_on_another_device_and_can_be_thrown_away(device, job):
    from tests import make

    path = f"/jobs/{job.pk}/proposals/new/"
    page = device(make.ren()).new_page()
    write(page, path, LONG)
    page.close()

    other = device(make.ren()).new_page()
    other.goto(path)

    notice = other.locator("[data-draft-notice=restored]")
    expect(notice).to_contain_text("Your unsent text is back")
    expect(notice).to_contain_text("12:00")
    assert other.input_value("[name=message]") == LONG
    notice.get_by_role("button", name="Throw it away").click()
    expect(notice).to_have_count(0)
    assert other.input_value("[name=message]") == ""
    other.wait_for_load_state("networkidle")
    assert drafts() == {}


def test_a_tab_closed_at_once_loses_nothing_on_this_device(device, job):
    from tests import make

    path = f"/jobs/{job.pk}/proposals/new/"
    context = device(make.ren())
    page = context.new_page()
    come(page, path)
    page.fill("[name=message]", LONG)
    page.wait_for_timeout(400)
    page.close()

    page = context.new_page()
    page.goto(path)

    expect(page.locator("[name=message]")).to_have_value(LONG)


def test_without_an_answer_the_page_stays_and_sends_again(device, job):
    """The connection is gone; it is back, but our side is not; both are."""
    from enishi.proposals.models import Proposal
    from tests import make

    context = device(make.ren())
    page = context.new_page()
    write(page, f"/jobs/{job.pk}/proposals/new/", LONG)
    for number in (1, 2):
        page.fill(f"[name=answer_{number}]", "Yes.")

    send = page.get_by_role("button", name="Send the application")
    for status in (None, 503):
        with no_answer(context, status):
            send.click()
            notice = page.locator("[data-draft-notice=unsent]")
            expect(notice).to_contain_text("could not be sent yet")
            assert page.input_value("[name=message]") == LONG
            assert not Proposal.objects.exists()
        send = page.get_by_role("button", name="Send again")
    send.click()

    page.wait_for_url(re.compile(r"/proposals/\d+/"))
    assert Proposal.objects.get().message == LONG
    assert drafts() == {}
    assert page.evaluate("Object.keys(localStorage)") == []


def test_an_ended_session_leads_through_the_sign_in_to_the_filled_form(device, job):
    from allauth.account.models import EmailAddress

    from enishi.proposals.models import Proposal
    from tests import make

    path = f"/jobs/{job.pk}/proposals/new/"
    ren = make.ren()
    EmailAddress.objects.create(user=ren, email=ren.email, verified=True, primary=True)
    context = device(ren)
    page = context.new_page()
    write(page, path, "Begun.")
    context.clear_cookies(name="sessionid")
    page.fill("[name=message]", LONG)
    expect(page.locator("[data-draft-state]").last).to_contain_text("signed out")
    for number in (1, 2):
        page.fill(f"[name=answer_{number}]", f"Answer {number}")

    page.get_by_role("button", name="Send the application").click()
    page.wait_for_url("**/account/login/**")
    page.fill("[name=login]", ren.email)
    page.fill("[name=password]", make.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    page.wait_for_url(f"**{path}")
    expect(page.locator("[name=message]")).to_have_value(LONG)
    expect(page.locator("[name=answer_2]")).to_have_value("Answer 2")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Send the application").click()
    page.wait_for_url(re.compile(r"/proposals/\d+/"))
    assert Proposal.objects.get().message == LONG


def test_two_windows_are_told_of_each_other_and_nothing_is_overwritten_unseen(device, job):
    from tests import make

    path, place = f"/jobs/{job.pk}/proposals/new/", ("Ren", f"proposal-{job.pk}")
    first, second = device(make.ren()).new_page(), device(make.ren()).new_page()
    come(first, path)
    write(second, path, "From the phone")

    first.fill("[name=message]", "From the desk")

    notice = first.locator("[data-draft-notice=elsewhere]")
    expect(notice).to_contain_text("in another window")
    assert drafts()[place]["message"] == ["From the phone"]
    notice.get_by_role("button", name="Show the other text").click()
    expect(first.locator("[name=message]")).to_have_value("From the phone")
    notice.get_by_role("button", name="Show the other text").click()
    expect(first.locator("[name=message]")).to_have_value("From the desk")
    notice.get_by_role("button", name="Go on with this one").click()
    expect(first.locator("[data-draft-state]").last).to_have_text("Kept until you send it")
    assert drafts()[place]["message"] == ["From the desk"]


def test_another_account_on_the_device_sees_nothing_and_signing_out_clears_it(device, job, address):
    from tests import make

    path = f"/jobs/{job.pk}/proposals/new/"
    context = device(make.ren())
    page = context.new_page()
    write(page, path, "Begun.")
    context.clear_cookies(name="sessionid")
    page.fill("[name=message]", "Of Ren alone")
    expect(page.locator("[data-draft-state]").last).to_contain_text("signed out")

    enter(context, address, make.sora())
    come(page, path)
    assert page.input_value("[name=message]") == ""
    assert "Of Ren alone" in page.evaluate("JSON.stringify(localStorage)")
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url(address + "/")
    assert "Of Ren alone" not in page.evaluate("JSON.stringify(localStorage)")


def test_a_message_that_was_sent_leaves_no_draft_and_one_that_was_not_stays(device, job):
    from enishi.messaging.models import Message
    from tests import make

    thread = make.proposal(to=job).thread_id
    page = device(make.ren()).new_page()
    write(page, f"/messages/{thread}/", "A first word", box="body")
    assert drafts() == {("Ren", f"thread-{thread}"): {"body": ["A first word"]}}

    page.get_by_role("button", name="Send").click()

    expect(page.locator("#talk-entries")).to_contain_text("A first word")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[name=body]")).to_have_value("")
    assert Message.objects.filter(author=make.ren()).last().body == "A first word"
    assert drafts() == {}
    page.fill("[name=body]", "A second one")
    expect(page.locator("[data-draft-state]").last).to_have_text("Kept until you send it")
    page.reload()
    expect(page.locator("[name=body]")).to_have_value("A second one")


def test_what_came_back_with_faults_is_newer_than_its_draft(device, job):
    from tests import make

    path = f"/jobs/{job.pk}/proposals/new/"
    page = device(make.ren()).new_page()
    write(page, path, LONG)

    page.get_by_role("button", name="Send the application").click()

    expect(page.locator("[role=alert]").first).to_be_focused()
    expect(page.locator("[data-draft-notice]")).to_have_count(0)
    page.fill("[name=message]", "Shorter.")
    expect(page.locator("[data-draft-state]").last).to_have_text("Kept until you send it")
    page.goto(path)
    expect(page.locator("[name=message]")).to_have_value("Shorter.")


def test_stars_and_choices_come_back_too(device):
    from tests import make

    done = make.contract("completed")
    context = device(make.ren())
    page = context.new_page()
    come(page, f"/contracts/{done.pk}/review/")
    page.locator("[name=overall][value='4']").check(force=True)
    page.locator("[name=skill][value='2']").check(force=True)
    expect(page.locator("[data-draft-state]").last).to_have_text("Kept until you send it")

    page = context.new_page()
    page.goto(f"/contracts/{done.pk}/review/")

    expect(page.locator("[name=overall][value='4']")).to_be_checked()
    expect(page.locator("[name=skill][value='2']")).to_be_checked()


def test_a_delivery_note_and_a_post_come_back_after_the_page_was_left(device):
    from tests import make

    deal = make.contract("active")
    part = deal.milestones.first()
    for who, path, box in (
        (make.ren(), f"/milestones/{part.pk}/delivery/", "body"),
        (make.hana(), "/jobs/new/", "description"),
    ):
        page = device(who).new_page()
        write(page, path, LONG, box=box)
        page.goto("/desk/")
        page.goto(path)

        expect(page.locator(f"[name={box}]")).to_have_value(LONG)


def test_pressing_again_while_the_answer_is_on_its_way_sends_once(device, job):
    from tests import make

    page = device(make.ren()).new_page()
    page.goto("/settings/")
    posts = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)

    with page.expect_navigation():
        page.evaluate(
            """() => {
              const form = document.querySelector("form[action$='/settings/name/']");
              form.requestSubmit();
              setTimeout(() => form.requestSubmit(), 100);
            }"""
        )
    page.wait_for_load_state("networkidle")

    assert len(posts) == 1
