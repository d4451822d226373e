"""F2, P1: of what is handed in only pictures of ours are left; bad files get a clear sentence."""

import zlib

import pytest
from PIL import Image

from enishi.kit.errors import Refused
from enishi.verification import receiving
from tests.files.bombs import png

from .papers import CANARY, color_at, drawn, locked_pdf, pdf, upload

MEGABYTE = 1024 * 1024


def pictures(content, name="licence.jpg", covers=()):
    return receiving.pictures([upload(content, name)], covers=covers)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_any_picture_becomes_one_of_ours(kind):
    (found,) = pictures(drawn(kind=kind))

    assert found.startswith(b"RIFF")
    assert found[8:12] == b"WEBP"
    assert (color_at(found, 0.5, 0.2), color_at(found, 0.5, 0.8)) == ("red", "green")


def test_nothing_of_the_senders_bytes_remains():
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()

    (found,) = pictures(drawn(exif=exif))

    assert CANARY not in found


def test_a_picture_taken_sideways_is_covered_where_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees

    (found,) = pictures(drawn(exif=exif), covers=["top"])

    assert color_at(found, 0.5, 0.1) == "black"
    assert color_at(found, 0.8, 0.6) == "red"
    assert color_at(found, 0.2, 0.6) == "green"


@pytest.mark.parametrize(
    ("cover", "inside", "outside"),
    [
        ("top", (0.5, 0.3), (0.5, 0.4)),
        ("bottom", (0.5, 0.7), (0.5, 0.6)),
        ("left", (0.3, 0.5), (0.4, 0.5)),
        ("right", (0.7, 0.5), (0.6, 0.5)),
    ],
)
def test_the_third_that_was_named_is_black(cover, inside, outside):
    (found,) = pictures(drawn(), covers=[cover])

    assert color_at(found, *inside) == "black"
    assert color_at(found, *outside) != "black"


def test_each_page_of_a_pdf_becomes_a_picture():
    found = pictures(pdf(3), "letter.pdf")

    assert len(found) == 3
    assert color_at(found[0], 0.5, 0.5) == "red"
    with_cover = pictures(pdf(2), "letter.pdf", covers=["bottom"])
    assert [color_at(one, 0.5, 0.9) for one in with_cover] == ["black", "black"]


BAD = {
    "a PDF of 40 MB": (lambda: pdf(1) + bytes(40 * MEGABYTE), "document.too_large"),
    "more pixels than memory": (
        lambda: png(65_535, 65_535, zlib.compress(bytes(MEGABYTE))),
        "document.too_many_pixels",
    ),
    "a text that is called .jpg": (lambda: b"hello" * 99, "document.not_a_picture"),
    "a page that is called .jpg": (lambda: b"<html><script>", "document.not_a_picture"),
    "a locked PDF": (locked_pdf, "document.locked"),
    "a broken PDF": (lambda: b"%PDF-1.7\n" + b"x" * 400, "document.unreadable"),
    "a broken picture": (lambda: drawn()[:300], "document.unreadable"),
    "a book": (lambda: pdf(9), "document.too_many_pages"),
    "nothing": (lambda: b"", "document.not_a_picture"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_taken_is_refused_by_name(name):
    content, code = BAD[name]

    with pytest.raises(Refused) as refused:
        pictures(content())

    assert refused.value.code == code
    assert refused.value.facts["name"] == "licence.jpg"


def test_too_many_pictures_together_are_refused():
    with pytest.raises(Refused, match="too_many_pages"):
        receiving.pictures([upload(pdf(5)), upload(pdf(5))], covers=[])


def test_no_file_at_all_is_refused():
    with pytest.raises(Refused, match=r"document\.none"):
        receiving.pictures([], covers=[])
