"""F1: served bytes never run on our origin."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enishi.accounts.models import Account
from enishi.files import commands, scans
from enishi.files.responses import Caught, Damaged, Pending, Withheld, attachment, inline_image
from enishi.files.scans import Verdict

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

    response = attachment(stored, to=ren)

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

    with pytest.raises(Pending):
        inline_image(page)
    scans.conclude(page.pk, Verdict("clear"), at=AT)
    refused, shown = inline_image(page), inline_image(drawn)

    assert refused["Content-Disposition"].startswith("attachment")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Cache-Control"] == "private, max-age=31536000, immutable"
    assert shown["Content-Type"] == "image/webp"
    assert (sent(refused), sent(shown)) == (PAGE, b"RIFF\0\0\0\0WEBP")


@pytest.mark.parametrize("damage", ["cut", "gone", "turned"])
def test_a_damaged_file_is_not_sent_as_if_it_were_whole(ren, damage):
    """D4: the hash in the row is compared before the first byte leaves."""
    stored = commands.store(SimpleUploadedFile("a.txt", b"content"), by=ren, at=AT)
    if damage == "gone":
        stored.path.unlink()
    else:
        stored.path.write_bytes({"cut": b"cont", "turned": b"CONTENT"}[damage])

    with pytest.raises(Damaged):
        attachment(stored, to=ren)


@pytest.mark.parametrize(
    ("verdict", "owner", "other"),
    [
        (None, None, Pending),
        (Verdict("clear"), None, None),
        (Verdict("skip", reason="no_scanner"), None, None),
        (Verdict("catch", "EICAR"), Caught, Caught),
    ],
)
def test_who_gets_a_file_in_which_state(ren, verdict, owner, other):
    """F5: nobody else before it was looked at, and nobody at all once it was caught."""
    sora = Account.objects.create_user("sora@example.jp", name="sora", joined_at=AT)
    stored = commands.store(SimpleUploadedFile("a.txt", b"a"), by=ren, at=AT)
    if verdict:
        scans.conclude(stored.pk, verdict, at=AT)

    assert [withheld(stored, to) for to in (ren, sora)] == [owner, other]


def withheld(stored, to):
    try:
        attachment(stored, to=to).file_to_stream.close()
    except Withheld as fault:
        return type(fault)
    return None
