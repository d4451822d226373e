"""A paper is for the two sides of its deal; others do not even learn that it exists."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.urls import reverse

from enishi.accounts.models import Account
from enishi.documents import commands
from tests.documents.sheets import SHEET

AT = datetime(2026, 11, 13, 6, 40, tzinfo=UTC)
PAGES = ("document", "document_pdf", "document_record")

pytestmark = pytest.mark.django_db


def person(name, language="ja"):
    return Account.objects.create_user(
        f"{name}@example.jp", name=name, language=language, joined_at=AT
    )


@pytest.fixture
def paper():
    hana, ren = person("hana"), person("ren", "en")
    with transaction.atomic():
        issued = commands.issue("order_sheet", hana, body=SHEET, parties=[hana, ren], at=AT)
    issued.hana, issued.ren = hana, ren
    return issued


@pytest.mark.parametrize("page", PAGES)
def test_both_sides_may_read_it(client, paper, page):
    for side in (paper.hana, paper.ren):
        client.force_login(side)
        assert client.get(reverse(page, args=[paper.pk])).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_nothing(client, paper, page):
    client.force_login(person("sora"))

    assert client.get(reverse(page, args=[paper.pk])).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(client, paper, page):
    assert client.get(reverse(page, args=[paper.pk])).status_code == 302


def test_the_pdf_comes_in_the_readers_language_or_the_one_asked_for(client, paper):
    client.force_login(paper.hana)
    address = reverse("document_pdf", args=[paper.pk])

    japanese, english = client.get(address), client.get(address, {"language": "en"})
    odd = client.get(address, {"language": "../../x"})

    assert japanese.content == odd.content != english.content
    assert japanese["Content-Type"] == "application/pdf"
    assert japanese["Content-Disposition"] == f'inline; filename="{paper.number}.pdf"'
    assert japanese["X-Content-Type-Options"] == "nosniff"
    assert japanese["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert japanese["Cache-Control"] == "private, no-store"


def test_the_record_is_sent_byte_for_byte(client, paper):
    client.force_login(paper.ren)

    record = client.get(reverse("document_record", args=[paper.pk])).content

    assert hashlib.sha256(record).hexdigest() == paper.sha256


def test_the_page_shows_the_order_and_that_its_record_is_whole(client, paper):
    client.force_login(paper.ren)

    page = client.get(reverse("document", args=[paper.pk])).content.decode()

    for shown in (
        paper.number,
        paper.sha256,
        paper.chain,
        "髙橋 𠮷乃",
        "¥45,354",
        "Mon 23 Nov 2026",
    ):
        assert shown in page
    assert "The record is whole" in page
    assert "The record has been changed" not in page
