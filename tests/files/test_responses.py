"""F1: served bytes never run on our origin."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enishi.accounts.models import Account
from enishi.files import commands
from enishi.files.responses import attachment, inline_image
from enishi.kit.errors import Refused

AT = datetime(2026, 11, 13, 6, 40, tzinfo=UTC)
PAGE = b"<!doctype html><script>alert(1)</script>"

pytestmark = pytest.mark.django_db


@pytest.fixture
def ren():
    return Account.objects.create_user("ren@example.jp", name="ren", joined_at=AT)


def sent(response):
    content = b"".join(response.streaming_content)
    response.close()
    return content


def test_a_page_is_sent_as_a_plain_text_to_save(ren):
    stored = commands.store(SimpleUploadedFile("縁 page.html", PAGE), by=ren, at=AT)

    response = attachment(stored)

    assert sent(response) == PAGE
    assert {name: response[name] for name in response.headers} == {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(PAGE)),
        "Content-Disposition": "attachment; filename*=utf-8''%E7%B8%81%20page.html",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "none",
    }


def test_only_pictures_we_drew_are_shown_in_a_page(ren):
    page = commands.store(SimpleUploadedFile("a.webp", PAGE), by=ren, at=AT)
    drawn = commands.keep(
        [b"RIFF\0\0\0\0WEBP"], name="image.webp", by=ren, at=AT, is_reencoded=True
    )

    refused, shown = inline_image(page), inline_image(drawn)

    assert refused["Content-Disposition"].startswith("attachment")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Cache-Control"] == "private, max-age=31536000, immutable"
    assert shown["Content-Type"] == "image/webp"
    assert (sent(refused), sent(shown)) == (PAGE, b"RIFF\0\0\0\0WEBP")


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_file_is_not_sent_as_if_it_were_whole(ren, damage):
    stored = commands.store(SimpleUploadedFile("a.txt", b"content"), by=ren, at=AT)
    if damage == "cut":
        stored.path.write_bytes(b"cont")
    else:
        stored.path.unlink()

    with pytest.raises(Refused, match=r"file\.damaged"):
        attachment(stored)
