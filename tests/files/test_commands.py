"""D4, F4: a file is whole with its row, or it is not there."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from enishi.accounts.models import Account
from enishi.files import commands, queries, spool
from enishi.files.models import MOST_BYTES, StoredFile
from enishi.kit.errors import Refused

AT = datetime(2026, 11, 13, 6, 40, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ren():
    return Account.objects.create_user("ren@example.jp", name="ren", joined_at=AT)


def left_over():
    return [
        path for path in (settings.MEDIA_ROOT / spool.TEMPORARY).glob("[!.]*") if path.is_file()
    ]


def test_a_stored_file_keeps_its_bytes_hash_and_name(ren):
    content = "本文\n".encode() * 100_000

    stored = commands.store(SimpleUploadedFile("原稿.txt", content), by=ren, at=AT)

    assert stored.path.read_bytes() == content
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.name, stored.size, stored.owner) == ("原稿.txt", len(content), ren)
    assert stored.content_type == "text/plain; charset=utf-8"
    assert left_over() == []


def test_the_place_of_the_bytes_does_not_depend_on_the_name(ren):
    stored = commands.store(SimpleUploadedFile("../../x.sh", b"#!/bin/sh"), by=ren, at=AT)

    assert stored.path == Path(settings.MEDIA_ROOT) / stored.id.hex[-2:] / str(stored.id)


def test_an_empty_file_is_refused(ren):
    with pytest.raises(Refused, match=r"file\.empty"):
        commands.store(SimpleUploadedFile("a.txt", b""), by=ren, at=AT)

    assert left_over() == []


def test_a_file_is_stopped_at_the_first_byte_too_many(ren):
    """The length a sender claims is never believed: bytes are counted as they come."""
    taken = []

    class Endless:
        name = "endless.bin"

        def chunks(self):
            while True:
                taken.append(1)
                yield b"x" * 1024 * 1024

    with pytest.raises(Refused, match=r"file\.too_large") as refusal:
        commands.store(Endless(), by=ren, at=AT)

    assert refusal.value.facts == {"name": "endless.bin", "megabytes": 100}
    assert len(taken) == 101
    assert left_over() == []


def test_a_broken_upload_leaves_nothing(ren):
    class Broken:
        name = "broken.bin"

        def chunks(self):
            yield b"half"
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        commands.store(Broken(), by=ren, at=AT)

    assert left_over() == []
    assert not StoredFile.objects.exists()


def test_a_stored_file_never_changes(ren):
    """CO6: the hash that was shown stays the hash of that file."""
    stored = commands.store(SimpleUploadedFile("a.txt", b"a"), by=ren, at=AT)

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(sha256="0" * 64)


@pytest.mark.parametrize("size", [0, -1, MOST_BYTES + 1, 2**62])
def test_the_database_knows_the_limit(ren, size):
    stored = commands.store(SimpleUploadedFile("a.txt", b"a"), by=ren, at=AT)
    stored.pk, stored.stored_as, stored.size = spool.UUID(int=size % 2**64), "zz/z", size

    with pytest.raises(IntegrityError, match="file_size_within_limit"):
        stored.save(force_insert=True)


def test_what_files_weigh_together(ren):
    files = [commands.store(SimpleUploadedFile("a", b"12345"), by=ren, at=AT) for _ in range(3)]

    assert queries.bytes_of([file.pk for file in files[:2]]) == 10
    assert queries.bytes_of([]) == 0


def test_damage_is_found(ren):
    whole, cut, gone, turned = [
        commands.store(SimpleUploadedFile(f"{n}.txt", b"content"), by=ren, at=AT) for n in range(4)
    ]
    cut.path.write_bytes(b"cont")
    gone.path.unlink()
    turned.path.write_bytes(b"CONTENT")

    assert set(queries.damaged()) == {cut, gone, turned}
    assert whole not in set(queries.damaged())
