"""電子帳簿保存法: own papers are found by day, amount and name, joined, and can be taken along."""

import csv
import hashlib
import html
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import transaction

from enishi.documents import commands
from enishi.documents.models import Document
from enishi.web.documents import archive
from tests import make
from tests.documents.sheets import PARTS, SHEET, sheet
from tests.make import NOON

from .pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
VAULT = "/documents/"


def order(*, amount=66_000, name="町の地図 編集部", days=0, parties=None):
    """An order sheet of Ren's for one client, issued so many days after NOON."""
    ren, hana = make.ren(), make.account("Hana", "client")
    scale = amount // 66_000
    part = {
        n: v * scale if isinstance(v, int) and n != "number" else v for n, v in PARTS[0].items()
    }
    rest = {
        n: v * scale if isinstance(v, int) and n != "number" else v for n, v in PARTS[1].items()
    }
    totals = {n: v * scale for n, v in SHEET["totals"].items()}
    body = sheet(
        milestones=[part, rest],
        totals=totals,
        client=SHEET["client"] | {"name": name, "account_id": hana.pk},
        worker=SHEET["worker"] | {"account_id": ren.pk},
    )
    at = NOON + timedelta(days=days)
    with transaction.atomic():
        sides = parties or [hana, ren]
        return commands.issue("order_sheet", hana, body=body, parties=sides, at=at)


@pytest.fixture
def papers():
    """April 1st, 2nd and 11th of 2026, and one that is none of Ren's."""
    own = [order(), order(amount=132_000, name="ＡＣＭＥ株式会社", days=1), order(days=10)]
    return [*own, order(parties=[make.sora()])]


def numbers(client, **search):
    return places(client.get(VAULT, search))


def places(page):
    assert page.status_code == 200
    found = re.findall(r'href="/documents/([0-9a-f-]{36})/"', page.content.decode())
    return [Document.objects.get(pk=one).position for one in found]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({}, [3, 2, 1]),
        ({"since": "2026-04-02"}, [3, 2]),
        ({"until": "2026/4/2"}, [2, 1]),
        ({"since": "2026-04-02", "until": "2026-04-10"}, [2]),
        ({"least": "66,001"}, [2]),
        ({"most": "６６，０００円"}, [3, 1]),  # full width, as people type it
        ({"name": "acme"}, [2]),
        ({"name": "編集部", "since": "2026-04-02"}, [3]),
        ({"name": "編集部", "least": "132000"}, []),
        ({"name": "%"}, []),
        ({"kind": "order_sheet", "name": "髙橋"}, [3, 2, 1]),
        ({"kind": "delivery_note"}, []),
    ],
)
def test_papers_are_found_by_what_they_say_alone_or_joined(client, papers, search, found):
    client.force_login(make.ren())

    assert numbers(client, **search) == found


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        ({"since": "2026-13-01", "name": "acme"}, "Issued from"),
        ({"since": "2026-04-02", "until": "2026-04-01"}, "This day lies before the first one."),
        ({"least": "2", "most": "1"}, "This amount is below the first one."),
        ({"least": "many"}, "Amount from"),
        ({"kind": "poem"}, "Kind of paper"),
    ],
)
def test_a_search_that_is_not_understood_says_so_and_keeps_what_was_typed(
    client, papers, search, sentence
):
    client.force_login(make.ren())

    page = client.get(VAULT, search)
    download = client.get(f"{VAULT}papers.zip", search)

    assert page.status_code == 422
    assert "This search was not understood." in text(page)
    assert sentence in text(page)
    typed = [form_value for form_value in search.values() if form_value != "poem"]
    assert all(f'value="{value}"' in page.content.decode() for value in typed)
    assert (download.status_code, download["Location"].split("?")[0]) == (302, VAULT)


def test_the_list_goes_on_below_the_last_line(client, papers, settings):
    settings.RULES = type(settings.RULES)(page_size=2)
    client.force_login(make.ren())

    first = client.get(VAULT, {"name": "髙橋"})
    older = html.unescape(re.search(r'href="([^"]+)" rel="next"', first.content.decode())[1])
    rest = client.get(older)

    assert (places(first), places(rest)) == ([3, 2], [1])
    assert "3 papers" in text(first)
    assert 'rel="next"' not in rest.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", ["自分の書類", "書類はまだありません"]), ("en", ["My papers", "No papers yet"])],
)
def test_an_empty_vault_says_how_the_first_paper_comes(client, language, words):
    client.force_login(make.account("Nao", language=language))

    shown = text(client.get(VAULT))

    assert all(word in shown for word in words)


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(VAULT).status_code == client.get(f"{VAULT}papers.zip").status_code == 302


def test_the_download_holds_each_paper_its_record_and_an_index(client, papers):
    order(name="=cmd|' /C calc'!A0", days=11)
    client.force_login(make.ren())

    sent = client.get(f"{VAULT}papers.zip", {"since": "2026-04-11"})
    whole = zipfile.ZipFile(io.BytesIO(b"".join(sent.streaming_content)))

    assert whole.testzip() is None
    found = list(Document.objects.filter(position__in=[3, 5]).order_by("-position"))
    files = [
        f"{kind}"
        for paper in found
        for kind in (f"pdf/{paper.number}.pdf", f"records/{paper.number}.json")
    ]
    assert whole.namelist() == [*files, "index.csv"]
    for paper in found:
        record = whole.read(f"records/{paper.number}.json")
        assert hashlib.sha256(record).hexdigest() == paper.sha256
        assert whole.read(f"pdf/{paper.number}.pdf").startswith(b"%PDF-1.7")
    index = list(csv.reader(io.StringIO(whole.read("index.csv").decode("utf-8-sig"))))
    assert [row[0] for row in index[1:]] == [paper.number for paper in found]
    assert index[1][2:4] == ["2026-04-12", "'=cmd|' /C calc'!A0"]
    assert sent["Content-Disposition"] == 'attachment; filename="papers-20260401.zip"'


def test_one_download_has_an_end(client, papers, monkeypatch):
    monkeypatch.setattr(archive, "MOST", 2)
    client.force_login(make.ren())

    page = client.get(VAULT)
    sent = client.get(f"{VAULT}papers.zip")

    whole = zipfile.ZipFile(io.BytesIO(b"".join(sent.streaming_content)))
    assert len(whole.namelist()) == 2 * 2 + 1
    assert "One download holds the newest 2." in text(page)
