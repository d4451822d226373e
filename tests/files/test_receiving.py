"""F4: an upload is counted while it comes in, cut off when it crawls, and forgotten when it
breaks; the form still says what was wrong."""

import os
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from enishi.accounts.models import Account
from enishi.files import commands, queries, receiving, sweeping
from enishi.files.fields import FilesField
from enishi.kit.errors import Refused

AT = datetime(2026, 11, 13, 6, 40, tzinfo=UTC)
MEGABYTE = 1024 * 1024
PIECE = b"x" * 65_536
OPEN = []

pytestmark = pytest.mark.django_db


@pytest.fixture
def ren():
    return Account.objects.create_user("ren@example.jp", name="ren", joined_at=AT)


@pytest.fixture(autouse=True)
def _closed():
    """At the end of a request Django closes what came with it."""
    yield
    while OPEN:
        OPEN.pop().close()


def incoming():
    return list((settings.MEDIA_ROOT / receiving.INCOMING).glob("*"))


def begun(by, name="a.bin"):
    handler = receiving.Receiving(SimpleNamespace(user=by, now=AT))
    handler.new_file("files", name, "text/html", None, None, {})
    OPEN.append(handler.open)
    return handler


def received(by, megabytes, name="a.bin", handler=None):
    handler = handler or begun(by, name)
    for start in range(0, int(megabytes * MEGABYTE), len(PIECE)):
        handler.receive_data_chunk(PIECE, start)
    found = handler.file_complete(int(megabytes * MEGABYTE))
    OPEN.append(found)
    return found


def small(settings, **changes):
    fields = settings.RULES.__dataclass_fields__
    values = {name: getattr(settings.RULES, name) for name in fields} | changes
    settings.RULES = type(settings.RULES)(**values)


def test_what_came_in_is_kept_and_its_waiting_room_is_empty(ren):
    upload = received(ren, 1)

    stored = commands.store(upload, by=ren, at=AT)
    upload.close()

    assert (stored.size, incoming()) == (MEGABYTE, [])


def test_an_upload_nobody_asks_for_is_gone_with_its_request(ren):
    received(ren, 1)

    OPEN.pop().close()

    assert incoming() == []


@pytest.mark.parametrize(
    ("limit", "code", "sentence"),
    [
        ("file_megabytes", "file.too_large", "“a.bin” is larger than 1 MB."),
        (
            "day_megabytes",
            "file.day_full",
            "“a.bin” was not kept: one person can upload 1 MB a day.",
        ),
    ],
)
def test_bytes_beyond_a_limit_are_counted_but_never_kept(ren, settings, limit, code, sentence):
    small(settings, **{limit: 1})
    handler = begun(ren)
    heaviest = 0
    for start in range(3 * 16):
        handler.receive_data_chunk(PIECE, start)
        heaviest = max(heaviest, os.fstat(handler.open.fileno()).st_size)

    upload = handler.file_complete(3 * MEGABYTE)
    OPEN.append(upload)

    assert heaviest <= MEGABYTE
    assert (upload.size, upload.is_kept) == (3 * MEGABYTE, False)
    with translation.override("en"):
        assert FilesField()._too_heavy([upload])[0] == sentence
    with pytest.raises(Refused) as refusal:
        commands.store(upload, by=ren, at=AT)
    assert refusal.value.code in (code, "file.too_large")


def test_a_day_has_a_limit_of_its_own_for_each_person(ren, settings):
    """Counted when it is kept too, so that two forms at once do not both fit."""
    small(settings, day_megabytes=2)
    sora = Account.objects.create_user("sora@example.jp", name="sora", joined_at=AT)
    commands.store(received(ren, 1.5), by=ren, at=AT)

    with pytest.raises(Refused, match=r"file\.day_full"):
        commands.store(SimpleUploadedFile("b.bin", PIECE * 16), by=ren, at=AT)
    commands.store(received(sora, 1.5), by=sora, at=AT)
    tomorrow = AT.replace(day=14)
    commands.store(SimpleUploadedFile("b.bin", PIECE * 16), by=ren, at=tomorrow)

    assert queries.uploaded_on(ren.pk, tomorrow) == MEGABYTE


@pytest.mark.parametrize("who", [None, SimpleNamespace(is_authenticated=False)])
def test_a_stranger_fills_no_disk(who):
    upload = received(who, 1)

    assert (upload.is_kept, upload.file.seek(0, 2)) == (False, 0)


def test_the_fifty_first_file_of_a_form_is_not_kept(ren):
    handler = begun(ren)
    OPEN.append(handler.file_complete(0))
    handler.count = receiving.FILES_MOST
    handler.new_file("files", "b.bin", "", None, None, {})
    handler.receive_data_chunk(PIECE, 0)

    upload = handler.file_complete(len(PIECE))
    upload.close()

    assert upload.is_kept is False


def test_who_crawls_is_cut_off(ren):
    """A slow line may gather speed for two minutes; then it has to keep 8 kB a second."""
    handler = begun(ren)
    handler.started -= receiving.GRACE + 60

    with pytest.raises(receiving.Crawling):
        handler.receive_data_chunk(b"x", 0)

    assert incoming() == []


def test_a_broken_upload_is_forgotten_at_once(ren):
    handler = begun(ren)
    handler.receive_data_chunk(PIECE, 0)

    handler.upload_interrupted()

    assert incoming() == []


@pytest.mark.parametrize(("read", "refused"), [(99, True), (100, False)])
def test_half_an_upload_is_not_taken_for_a_whole_one(ren, read, refused):
    """The sender lied about the length, or is gone: WSGI ends early without a word."""
    handler = begun(ren)
    stream = SimpleNamespace(_stream=SimpleNamespace(_pos=read))
    handler.handle_raw_input(stream, {}, 100)

    try:
        handler.upload_complete()
        said = False
    except receiving.Cut:
        said = True
    handler.upload_interrupted()

    assert said == refused


def test_a_stopped_upload_gives_its_room_back_and_a_running_one_keeps_it(ren):
    """Within ten minutes, though a dead process holds it; not so the first file of a long form."""
    stopped, running = begun(ren), begun(ren)
    for handler in (stopped, running):
        handler.receive_data_chunk(PIECE, 0)
        handler.open.flush()
    whole = running.file_complete(len(PIECE))
    OPEN.append(whole)
    for path in incoming():
        os.utime(path, (time.time() - 300,) * 2)

    running.new_file("files", "b.bin", "", None, None, {})
    running.touched -= receiving.SIGN_OF_LIFE
    running.receive_data_chunk(PIECE, 0)
    freed = sweeping.free_broken()

    assert freed == 1
    assert os.fstat(stopped.open.fileno()).st_size == 0
    assert b"".join(whole.chunks()) == PIECE
    stopped.open.close()
    running.upload_interrupted()


def test_over_http_it_is_the_same(client, ren):
    """Through every layer that reads a request first: the form names what was too large."""
    from tests import make  # models

    proposal = make.proposal()
    client.force_login(proposal.client)
    path = f"/messages/{proposal.thread.pk}/entries/"
    many = {"body": "Here", "files": SimpleUploadedFile("a.html", b"<script>")}

    answer = client.post(path, many)

    assert answer.status_code == 302, answer.content
    assert incoming() == []
