"""A2: the pass to the stream."""

import time

import pytest
from django.core import signing

from enishi.notifications import stream_pass
from enishi.notifications.stream_pass import LIFETIME, Pass

HOLDER = Pass(7, 70, "0123456789abcdef")


def test_a_pass_says_what_was_put_into_it():
    assert stream_pass.read(stream_pass.issue(HOLDER)) == HOLDER


def test_an_altered_pass_opens_nothing():
    token = stream_pass.issue(HOLDER)

    assert stream_pass.read("8" + token[1:]) is None
    assert stream_pass.read(token[:-1]) is None
    assert stream_pass.read("") is None


@pytest.mark.parametrize("said", ["", "1.2", "a.b.c", "1.2.3.4"])
def test_a_signed_pass_of_another_form_opens_nothing(said):
    token = signing.TimestampSigner(salt=stream_pass.SALT).sign(said)

    assert stream_pass.read(token) is None


def test_a_signature_for_another_purpose_opens_nothing():
    token = signing.TimestampSigner(salt="else").sign("7.70.0123456789abcdef")

    assert stream_pass.read(token) is None


def test_a_pass_grows_old_in_real_time(monkeypatch):
    long_ago = time.time_ns() / 1e9 - LIFETIME - 2
    monkeypatch.setattr(time, "time", lambda: long_ago)
    token = stream_pass.issue(HOLDER)
    monkeypatch.undo()

    assert stream_pass.read(token) is None


def test_the_mark_changes_with_password_and_suspension():
    first = stream_pass.mark("scrypt$a", 0)

    assert first != stream_pass.mark("scrypt$b", 0)
    assert first != stream_pass.mark("scrypt$a", 1)
