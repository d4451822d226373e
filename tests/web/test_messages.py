"""ME1, B10 in the browser: inbox, thread, posting, files, reading."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enishi.files import scans
from enishi.files.models import Scan
from enishi.files.scans import Verdict
from enishi.kit import clock
from enishi.messaging import commands, queries
from enishi.messaging.models import Message
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    return make.proposal()


@pytest.fixture
def thread(proposal):
    return proposal.thread


@pytest.fixture
def hana(proposal, client):
    client.force_login(proposal.client)
    return proposal.client


@pytest.fixture
def ren(proposal):
    return proposal.worker


def page(thread, name="thread"):
    return reverse(name, args=[thread.pk])


def text(response):
    return html.unescape(response.content.decode())


def test_what_is_posted_stands_on_the_page(client, hana, thread):
    response = client.post(page(thread, "thread_entries"), {"body": "Hello <b>Ren</b>"})

    assert response.status_code == 302
    assert response.url == f"{page(thread)}#latest"
    shown = client.get(page(thread)).content.decode()
    assert "Hello &lt;b&gt;Ren&lt;/b&gt;" in shown


def test_posting_from_the_page_of_a_deal_leads_back_to_it(client, hana, thread):
    response = client.post(f"{page(thread, 'thread_entries')}?next=/contracts/7/", {"body": "Hi"})

    assert response.url == "/contracts/7/#latest"


@pytest.mark.parametrize(
    "page_after", ["https://evil.example/", "//evil.example/", "javascript:1", "x"]
)
def test_posting_never_leads_elsewhere(client, hana, thread, page_after):
    response = client.post(
        page(thread, "thread_entries"), {"body": "Hi"}, QUERY_STRING=f"next={page_after}"
    )

    assert response.url == f"{page(thread)}#latest"


@pytest.mark.parametrize("body", ["", "x" * 10_001, "a\0b"])
def test_what_cannot_be_sent_comes_back_as_it_was_typed(client, hana, thread, body):
    response = client.post(page(thread, "thread_entries"), {"body": body})

    assert response.status_code == 422
    assert Message.objects.count() == 0
    assert 'aria-invalid="true"' in response.content.decode()
    if "\0" not in body:
        assert f">{body}</textarea>" in response.content.decode()


def test_a_refusal_of_the_command_keeps_the_text_too(client, hana, thread, proposal):
    type(proposal).objects.filter(pk=proposal.pk).update(status="withdrawn", due_at=None)

    response = client.post(page(thread, "thread_entries"), {"body": "One more thing"})

    assert response.status_code == 422
    assert Message.objects.count() == 0


def test_files_are_sent_and_fetched_as_attachments(client, hana, ren, thread):
    upload = SimpleUploadedFile("<script>.html", b"<script>alert(1)</script>")
    client.post(page(thread, "thread_entries"), {"body": "Here", "files": [upload]})
    client.force_login(ren)
    (address,) = re.findall(
        rf'href="({page(thread)}files/[^"]+)"', client.get(page(thread)).content.decode()
    )

    assert "Being checked" in text(client.get(page(thread)))
    waiting = client.get(address)
    assert (waiting.status_code, waiting["Retry-After"]) == (409, "5")
    assert "This file is still being checked" in text(waiting)

    scans.conclude(Scan.objects.get().pk, Verdict("skip", reason="no_scanner"), at=NOON)
    assert "Not scanned for malware" in text(client.get(page(thread)))
    response = client.get(address)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"

    client.force_login(make.sora())
    assert client.get(address).status_code == 404


def test_a_file_is_not_found_through_another_thread(client, hana, ren, thread):
    upload = SimpleUploadedFile("a.txt", b"words")
    commands.post(thread.pk, by=ren, at=NOON, body="Here", files=[upload])
    file = queries.messages(thread.pk, hana).messages[0].files[0]
    other = commands.open_thread([hana, make.sora()], at=NOON)

    assert client.get(reverse("thread_file", args=[other.pk, file.id])).status_code == 404


def test_strangers_find_no_thread(client, thread):
    commands.post(thread.pk, by=make.ren(), at=NOON, body="canary")
    client.force_login(make.sora())

    assert client.get(page(thread)).status_code == 404
    assert client.post(page(thread, "thread_entries"), {"body": "x"}).status_code == 404
    assert client.post(page(thread, "thread_entries"), {"body": ""}).status_code == 404
    assert client.post(page(thread, "thread_readings")).status_code == 404
    assert "canary" not in text(client.get(reverse("threads")))
    assert Message.objects.count() == 1


def test_looking_changes_nothing_and_reading_is_said_by_the_page(client, hana, ren, thread):
    """A10: no state change by GET."""
    message = commands.post(thread.pk, by=ren, at=NOON, body="Hello")

    client.get(page(thread))
    assert queries.unread_total(hana.pk) == 1

    client.post(page(thread, "thread_readings"), {"up_to": message.pk})
    assert queries.unread_total(hana.pk) == 0


@pytest.mark.parametrize("up_to", ["", "x", "9" * 40, "-1", "٣"])
def test_a_strange_reading_mark_does_no_harm(client, hana, ren, thread, up_to):
    commands.post(thread.pk, by=ren, at=NOON, body="Hello")

    assert client.post(page(thread, "thread_readings"), {"up_to": up_to}).status_code == 302


def test_the_writer_sees_that_it_was_read(client, hana, ren, thread):
    commands.post(thread.pk, by=hana, at=NOON, body="Hello")
    assert "read 12:00" not in text(client.get(page(thread)))

    commands.read(thread.pk, by=ren, at=NOON)
    assert "read 12:00" in text(client.get(page(thread)))


def test_older_messages_are_a_page_that_does_not_move(client, hana, ren, thread):
    for number in range(25):
        commands.post(thread.pk, by=ren, at=NOON, body=f"number {number}.")
    newest = client.get(page(thread)).content.decode()
    (older,) = re.findall(r'href="([^"]*\?before=\d+)#talk"', newest)

    shown = client.get(older).content.decode()

    assert "number 4." in shown
    assert "number 5." not in shown
    assert "enishi:news" not in shown
    assert "enishi:news" in newest


def test_the_letters_to_start_from_suit_stage_and_side(client, hana, ren, thread):
    """CL10."""
    as_client = text(client.get(page(thread)))
    client.force_login(ren)
    as_worker = text(client.get(page(thread)))

    assert "data-insert" in as_worker
    assert "{client_name}" not in as_worker
    assert as_client != as_worker


def test_the_inbox_leads_to_the_thread_and_names_what_it_is_about(client, hana, ren, thread):
    commands.post(thread.pk, by=ren, at=NOON, body="Good morning")

    shown = text(client.get(reverse("threads")))

    assert f'href="{page(thread)}#latest"' in shown
    assert "Good morning" in shown
    assert "An article about roadside stations" in shown


def test_a_deal_speaks_for_the_thread_once_there_is_a_contract(client):
    contract = make.contract("active")
    client.force_login(contract.worker)

    shown = text(client.get(page(contract.thread)))

    assert reverse("contract", args=[contract.pk]) in shown


@pytest.mark.parametrize("count", [1, 15])
def test_the_inbox_asks_as_often_however_long_it_is(client, count, django_assert_num_queries):
    """C20, L2."""
    hana = make.hana()
    for number in range(count):
        other = make.account(f"Worker{number}")
        thread = commands.open_thread([hana, other], at=NOON)
        commands.post(thread.pk, by=other, at=NOON, body="Hello")
    client.force_login(hana)
    client.get(reverse("threads"))

    with django_assert_num_queries(QUERIES["threads"]):
        client.get(reverse("threads"))


QUERIES = {"threads": 9}


def test_signed_out_people_are_led_to_the_door(client, thread):
    for address in (reverse("threads"), page(thread)):
        assert client.get(address).url.startswith(reverse("account_login"))


def test_me3_the_page_says_that_a_reply_is_awaited_and_until_when(client, hana, ren, thread):
    commands.post(thread.pk, by=ren, at=clock.now(), body="When?")

    assert "Ren waits for your reply." in text(client.get(page(thread)))

    response = client.post(page(thread, "thread_no_reply"))

    assert response.url == f"{page(thread)}#latest"
    assert "waits for your reply" not in text(client.get(page(thread)))


def test_me3_after_a_day_the_page_asks_for_a_late_reply(client, hana, ren, thread):
    commands.post(thread.pk, by=ren, at=clock.now() - timedelta(hours=25), body="When?")

    shown = text(client.get(page(thread)))

    assert "Ren has waited for your reply since" in shown
    assert page(thread, "thread_no_reply") not in shown
    came = {"referer": f"http://testserver{page(thread)}"}
    refused = client.post(page(thread, "thread_no_reply"), headers=came, follow=True)
    assert "“No reply needed” can be said within" in text(refused)


def test_me3_no_reply_needed_stands_under_the_message(client, hana, thread):
    client.post(page(thread, "thread_entries"), {"body": "Thank you.", "needs_no_reply": "1"})

    assert Message.objects.get().needs_no_reply
    assert text(client.get(page(thread))).count("No reply needed") == 2  # and the box itself


def test_me3_the_tick_comes_back_with_what_could_not_be_sent(client, hana, thread):
    response = client.post(page(thread, "thread_entries"), {"body": "", "needs_no_reply": "1"})

    assert 'name="needs_no_reply" value="1" checked' in text(response)


def test_me3_the_other_sides_reply_time_stands_beside_the_box(client, hana, ren, thread):
    at = clock.now()
    commands.post(thread.pk, by=hana, at=at - timedelta(hours=9), body="When?")
    commands.post(thread.pk, by=ren, at=at - timedelta(hours=6), body="Soon.")

    shown = text(client.get(page(thread)))

    assert "half of the answers within 3 hours; 1 of 1 within 24 hours (last 90 days)" in shown
