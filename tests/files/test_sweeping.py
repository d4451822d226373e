"""D4: no bytes older than a day without a row; nothing younger is touched."""

import os
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from enishi.accounts.models import Account
from enishi.files import commands, spool
from enishi.files.sweeping import Swept, sweep

AT = datetime(2026, 11, 13, 6, 40, tzinfo=UTC)
TWO_DAYS = 2 * 24 * 60 * 60

pytestmark = pytest.mark.django_db


def lay(path, *, old):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"bytes")
    return aged(path) if old else path


def aged(path):
    stat = path.stat()
    os.utime(path, (stat.st_atime - TWO_DAYS, stat.st_mtime - TWO_DAYS))
    return path


def test_only_old_bytes_without_a_row_go():
    ren = Account.objects.create_user("ren@example.jp", name="ren", joined_at=AT)
    kept = commands.store(SimpleUploadedFile("a.txt", b"a"), by=ren, at=AT)
    aged(kept.path)
    media = settings.MEDIA_ROOT
    old_orphan = lay(media / "ab" / str(uuid4()), old=True)
    new_orphan = lay(media / "ab" / str(uuid4()), old=False)
    old_half = lay(media / spool.TEMPORARY / "half", old=True)
    new_half = lay(media / spool.TEMPORARY / "new", old=False)
    stranger = lay(media / "ab" / "notes.txt", old=True)

    swept = sweep()

    assert swept == Swept(orphans=1, temporary=1)
    left = [p.exists() for p in (kept.path, old_orphan, new_orphan, old_half, new_half, stranger)]
    assert left == [True, False, True, False, True, True]
    for path in (new_orphan, new_half, stranger):
        path.unlink()


def test_a_clean_store_is_swept_quietly(capsys):
    sweep()

    call_command("sweep_files")

    assert capsys.readouterr().out == "orphans 0  temporary 0\n"
