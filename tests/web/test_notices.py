"""TE1, B15 in the browser: the list, the counts, the pass to the stream, the demo's letter box."""

import html

import pytest
from django.core.mail import send_mail
from django.urls import reverse

from enishi.events.journal import record
from enishi.messaging import commands as messaging
from enishi.notifications import commands, queries, stream_pass
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def ren(client):
    ren = make.ren()
    client.force_login(ren)
    return ren


def happened(person, title="T", name="contract.lapsed"):
    commands.tell(record(name, person, by=None, at=NOON, people=[person], title=title))


def text(response):
    return html.unescape(response.content.decode())


def test_the_list_says_what_happened_and_what_to_do(client, ren):
    happened(ren, title="Three <articles>")

    page = client.get(reverse("notifications"))

    assert "Three &lt;articles&gt;" in page.content.decode()
    assert "data-seen" in page.content.decode()


def test_looking_changes_nothing_and_reading_is_said_by_the_page(client, ren):
    """A10."""
    happened(ren)
    client.get(reverse("notifications"))
    assert queries.unread_count(ren.pk) == 1

    newest = queries.notices(ren, "en").newest
    client.post(reverse("notice_readings"), {"up_to": newest})

    assert queries.unread_count(ren.pk) == 0
    assert "data-seen" not in text(client.get(reverse("notifications")))


@pytest.mark.parametrize("up_to", ["", "x", "9" * 40, "-1"])
def test_a_strange_reading_mark_does_no_harm(client, ren, up_to):
    happened(ren)
    assert client.post(reverse("notice_readings"), {"up_to": up_to}).status_code == 302
    assert queries.unread_count(ren.pk) == 1


def test_the_list_pages_by_key(client, ren):
    for number in range(25):
        happened(ren, title=f"number {number}.")

    first = text(client.get(reverse("notifications")))
    earlier = queries.notices(ren, "en").earlier
    second = text(client.get(reverse("notifications"), {"before": earlier}))

    assert "number 24." in first
    assert "number 4." not in first
    assert "number 4." in second


def test_nobody_reads_the_notices_of_another(client, ren):
    happened(make.sora(), title="canary")

    assert "canary" not in text(client.get(reverse("notifications")))


def test_the_counts_are_those_of_the_reader(client, ren):
    sora = make.sora()
    thread = messaging.open_thread([ren, sora], at=NOON)
    messaging.post(thread.pk, by=sora, at=NOON, body="Hello")
    happened(ren)

    assert client.get(reverse("notice_counts")).json() == {"messages": 1, "notices": 1}


def test_the_pass_names_this_sign_in_and_nothing_secret(client, ren):
    """A2: the door of the stream."""
    answer = client.get(reverse("stream_token"))

    holder = stream_pass.read(answer.json()["token"])
    assert holder.account_id == ren.pk
    assert holder.mark == stream_pass.mark(ren.password, ren.session_epoch)
    assert client.session.session_key not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_pass_is_for_signed_in_people(client):
    for name in ("stream_token", "notice_counts", "notifications"):
        assert client.get(reverse(name)).status_code == 302


def test_the_letter_box_of_the_demo_is_open_to_all(client):
    send_mail("Please confirm", "Open http://localhost/x <script>", None, ["hana@people.example"])
    listed = text(client.get(reverse("demo_mails")))
    assert "Please confirm" in listed

    mail = queries.mails().lines[0]
    shown = client.get(reverse("demo_mail", args=[mail.id])).content.decode()

    assert 'href="http://localhost/x"' in shown
    assert "&lt;script&gt;" in shown


def test_the_letter_box_can_be_searched_by_receiver(client):
    send_mail("For Hana", "t", None, ["hana@people.example"])
    send_mail("For Ren", "t", None, ["ren@people.example"])

    listed = text(client.get(reverse("demo_mails"), {"to": "hana@"}))

    assert "For Hana" in listed
    assert "For Ren" not in listed


def test_a_mail_is_drawn_without_anything_that_runs(client):
    happened(make.ren(), title="<img src=x onerror=alert(1)>")
    mail = queries.mails().lines[0]

    response = client.get(reverse("demo_mail_html", args=[mail.id]))

    assert response["Content-Security-Policy"].startswith("sandbox")
    assert b"<img" not in response.content


def test_a_live_market_has_no_letter_box(client, settings):
    send_mail("s", "t", None, ["hana@people.example"])
    mail = queries.mails().lines[0]
    settings.LIVE = True

    for name, args in (("demo_mails", []), ("demo_mail", [mail.id]), ("demo_mail_html", [mail.id])):
        assert client.get(reverse(name, args=args)).status_code == 404
