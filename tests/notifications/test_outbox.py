"""A5: every mail is a row first; a live market hands it to a real mail server."""

import socket
import threading
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, send_mail
from procrastinate.contrib.django.models import ProcrastinateJob

from enishi.notifications import outbox, smtp
from enishi.notifications.models import OutgoingMail
from tests.make import NOON

pytestmark = pytest.mark.django_db


class Server:
    """The smallest mail server: it takes one mail after another, or refuses receivers."""

    def __init__(self, refuse: bytes = b""):
        self.refuse, self.received = refuse, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as talk:
                self._talk(talk)

    def _talk(self, talk):
        def say(words):
            talk.write(words + b"\r\n")
            talk.flush()

        say(b"220 test")
        for word in iter(talk.readline, b""):
            verb = word[:4].upper()
            if verb == b"RCPT" and self.refuse:
                say(self.refuse)
            elif verb == b"DATA":
                say(b"354 go on")
                self.received.append(b"".join(iter(talk.readline, b".\r\n")))
                say(b"250 kept")
            elif verb == b"QUIT":
                say(b"221 bye")
                return
            else:
                say(b"250 ok")


@contextmanager
def server(refuse=b""):
    running = Server(refuse)
    try:
        yield running
    finally:
        running.listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        running.listener.close()


@pytest.fixture
def live(settings):
    settings.LIVE = True
    return settings


def put(**fields):
    facts = {"to": "ren@people.example", "subject": "納品のお知らせ", "text": "本文です。"}
    return outbox.put(**facts | {"html": "<p>本文</p>", "language": "ja", "at": NOON} | fields)


def test_mail_of_the_sign_in_pages_goes_the_same_way():
    message = EmailMultiAlternatives("Confirm", "The link", to=["a@people.example"])
    message.attach_alternative("<p>The link</p>", "text/html")

    assert message.send() == 1

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject, mail.text) == ("a@people.example", "Confirm", "The link")
    assert mail.html == "<p>The link</p>"
    assert settings.EMAIL_BACKEND == "enishi.notifications.outbox.Outbox"


def test_a_mail_to_several_is_a_row_for_each():
    send_mail("s", "t", None, ["a@people.example", "b@people.example"])

    assert OutgoingMail.objects.count() == 2


def test_in_a_demo_no_job_carries_mail_anywhere():
    put()

    assert not ProcrastinateJob.objects.filter(task_name="notifications.send").exists()


def test_in_a_live_market_a_job_carries_it(live):
    mail = put()

    job = ProcrastinateJob.objects.get(task_name="notifications.send")
    assert job.args == {"mail_id": mail.pk}


def test_the_server_gets_the_mail_once_and_its_words_are_erased(live):
    mail = put()
    with server() as box:
        live.MAIL_URL = box.url
        outbox.send(mail.pk, at=NOON)
        outbox.send(mail.pk, at=NOON)

    (raw,) = box.received
    assert b"To: ren@people.example" in raw
    assert b"Message-ID: <mail-%d@enishi.example>" % mail.pk in raw
    assert b"multipart/alternative" in raw
    mail.refresh_from_db()
    assert (mail.sent_at, mail.text, mail.html, mail.attempts) == (NOON, "", "", 1)


def test_a_server_that_is_away_is_tried_again(live):
    mail = put()
    with server() as box:
        live.MAIL_URL = box.url
    box.thread.join(5)
    with pytest.raises(OSError):
        outbox.send(mail.pk, at=NOON)

    mail.refresh_from_db()
    assert mail.sent_at is None
    assert mail.last_error
    assert mail.text == "本文です。"


def test_an_address_that_does_not_exist_is_not_tried_for_ever(live):
    mail = put()
    with server(refuse=b"550 nobody here") as box:
        live.MAIL_URL = box.url
        outbox.send(mail.pk, at=NOON)

    mail.refresh_from_db()
    assert mail.sent_at is None
    assert "nobody here" in mail.last_error


def test_a_server_that_is_only_busy_is_tried_again(live):
    mail = put()
    with server(refuse=b"451 later") as box:
        live.MAIL_URL = box.url
        with pytest.raises(OSError):
            outbox.send(mail.pk, at=NOON)


def test_without_a_server_the_mail_waits_and_says_why(live):
    live.MAIL_URL = ""
    mail = put()
    with pytest.raises(OSError):
        outbox.send(mail.pk, at=NOON)

    mail.refresh_from_db()
    assert mail.last_error == outbox.NO_SERVER


def test_the_address_of_the_server_says_how_to_speak_to_it():
    plain = smtp.connection("smtp://mail.example")
    started = smtp.connection("smtp+tls://ren:p%40ss@mail.example:2525")
    wrapped = smtp.connection("smtps://mail.example")

    assert (plain.port, plain.use_tls, plain.use_ssl) == (25, False, False)
    assert (started.port, started.use_tls, started.password) == (2525, True, "p@ss")
    assert (wrapped.port, wrapped.use_ssl) == (465, True)
    with pytest.raises(ValueError, match="ENISHI_MAIL_URL"):
        smtp.connection("http://mail.example")


def test_a_subject_cannot_smuggle_headers_in(live):
    mail = put(subject="Hello")
    mail.subject = "Hello\r\nBcc: eve@people.example"
    mail.save()
    with server() as box:
        live.MAIL_URL = box.url
        with pytest.raises(ValueError, match="newline"):
            outbox.send(mail.pk, at=NOON)

    assert box.received == []
