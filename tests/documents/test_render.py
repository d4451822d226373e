"""The paper shows every item of the order in both languages, the same bytes every time."""

import hashlib
import re
import subprocess
from datetime import UTC, datetime

import pytest

from enishi.documents import canonical, glyphs, render
from enishi.documents.models import Document

from .sheets import SHEET, sheet

AT = datetime(2026, 11, 13, 6, 40, tzinfo=UTC)


def document(body=SHEET):
    record = canonical.text(body)
    return Document(
        number="OS-20261113-0482",
        kind="order_sheet",
        body=record,
        sha256=canonical.digest(record),
        parties=[1, 2],
        at=AT,
    )


def words_of(pdf: bytes) -> str:
    """The text a reader can select, without the spaces of the layout."""
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s", "", text.stdout.decode())


@pytest.fixture(scope="module", autouse=True)
def _can_read_pdf():
    subprocess.run(["pdftotext", "-v"], capture_output=True, check=True)


ITEMS = {
    "ja": [
        "発注書",
        "OS-20261113-0482",
        "2026年11月13日(金)15:40",
        "町の地図編集部",
        "髙橋𠮷乃様",
        "T1234567890123",
        "66,000円",
        "店主に取材し、記事にまとめてください。",
        ".docxの原稿3本",
        "指定なし（オンライン）",
        "2026年11月23日(月)",
        "2026年12月22日(火)",
        "100,000円までの部分が20%、200,000円までの部分が10%、それを超える部分が5%",
        "13,200円",
        "1,320円",
        "6,126円",
        "59,874円",
        "45,354円",
        "納品の日から14日間",
        "15日以内",
        "60日を超えません",
        "2回まで",
        "著作権法第27条と第28条",
        "業務の目的以外に使わず",
        "使う前に相手に伝え",
        "分け方2本3本",
    ],
    "en": [
        "Ordersheet",
        "Fri,13November2026",
        "¥66,000",
        "Mon,23November2026",
        "20%ofthepartupto¥100,000",
        "¥45,354",
        "14daysfromthedayofdelivery",
        "Upto2,includedinthepay",
        "店主に取材し",
    ],
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_legal_item_stands_on_the_paper(language):
    """CO1."""
    order = document()

    text = words_of(render.pdf(order, language))

    assert [item for item in ITEMS[language] if item not in text] == []
    assert order.sha256 in text


def test_the_same_record_gives_the_same_bytes():
    assert render.pdf(document(), "ja") == render.pdf(document(), "ja")


def test_the_paper_carries_the_record_whose_fingerprint_it_prints(tmp_path):
    order = document()
    paper, taken = tmp_path / "order.pdf", tmp_path / "record.json"
    paper.write_bytes(render.pdf(order, "ja"))

    subprocess.run(["pdfdetach", "-save", "1", "-o", taken, paper], check=True)

    assert hashlib.sha256(taken.read_bytes()).hexdigest() == order.sha256


def test_words_of_people_are_never_markup():
    """A text that looks like typst's own language is printed as it stands."""
    wild = '#import "x" *太字* $x^2$ <a> @ref [] {} \\ // #panic("x")'

    text = words_of(render.pdf(document(sheet(content=wild)), "ja"))

    assert re.sub(r"\s", "", wild) in text


def test_hidden_characters_do_not_turn_a_paper_round():
    turned = sheet(title="報酬 \u202e000,66\u202c円\u200b \x07")

    assert "報酬000,66円" in words_of(render.pdf(document(turned), "ja"))


def test_a_character_without_type_is_shown_as_one():
    assert glyphs.drawable("縁😀한\u0000") == "縁〓〓"


def test_names_with_rare_characters_are_drawn():
    assert glyphs.drawable("髙橋 﨑 𠮷野 邉 濵 か\u3099") == "髙橋 﨑 𠮷野 邉 濵 が"


def test_an_order_without_withholding_and_differences_says_so():
    parts = [
        row | {"withholding": 0, "funds": row["amount"], "net": row["net"] + row["withholding"]}
        for row in SHEET["milestones"]
    ]
    totals = {name: sum(row[name] for row in parts) for name in SHEET["totals"]}
    plain = sheet(milestones=parts, totals=totals, withholding_reason="", differences=[])

    text = words_of(render.pdf(document(plain), "ja"))

    assert "源泉徴収は行いません" in text
    assert "募集の内容との違いはありません" in text


def test_differences_are_told_in_words():
    """CO2: the record holds codes and plain numbers, the paper speaks."""
    found = [("ai_use", "free", "ask"), ("deliver_on", "2026-11-20", "2026-11-23")]
    found += [("amount", "60,000", "66,000"), ("rights_note", "", "実績に載せてよい")]
    told = [
        {"item": i, "posted": p, "offered": o, "confirmed_at": "2026-11-13T06:38:00+00:00"}
        for i, p, o in found
    ]

    text = words_of(render.pdf(document(sheet(differences=told)), "ja"))

    assert "AIの利用使ってよい事前に伝えれば使ってよい" in text
    assert "納期2026年11月20日(金)2026年11月23日(月)" in text
    assert "金額60,000円66,000円" in text
    assert "権利の補足—実績に載せてよい" in text


def test_a_long_order_runs_over_pages():
    long = sheet(
        content="業務の内容です。" * 1500,
        milestones=SHEET["milestones"] * 10,
        differences=SHEET["differences"] * 12,
    )

    assert render.pdf(document(long), "en").startswith(b"%PDF-1.7")


def test_the_vendored_fonts_are_those_on_record():
    record = (render.FONTS / "VENDORED.md").read_text()
    fonts = sorted(render.FONTS.glob("*.otf"))

    assert len(fonts) == 2
    for font in fonts:
        assert hashlib.sha256(font.read_bytes()).hexdigest() in record
