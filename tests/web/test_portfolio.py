"""VE2: a piece as all read it, and its form, which loses nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enishi.accounts import commands as accounts
from enishi.profiles.models import Piece, PieceImage
from tests import make
from tests.profiles.parts import picture, piece

from .pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
NEW = "/profile/portfolio/new/"
FORM = {
    "title": "A shop sign\u202e",
    "text": "Drawn by hand.",
    "category": "c04",
    "skills": [],
    "year_from": "２０２４",
    "link": "https://works.example/sign",
    "alt_1": "A wooden sign",
}


def address(one):
    return reverse("piece", args=[one.account_id, one.pk])


def kept_in(response):
    return re.findall(r'name="kept_\d" value="([0-9a-f-]+)"', response.content.decode())


def test_a_piece_is_added_and_read_by_anyone(as_ren, client):
    answer = as_ren.post(NEW, FORM | {"image_1": picture()})

    shown = Piece.objects.get()
    assert answer.headers["Location"] == address(shown)
    client.logout()
    page = client.get(address(shown), headers={"Accept-Language": "en"})
    assert shown.title == "A shop sign"
    assert 'rel="nofollow noopener"' in page.content.decode()
    assert 'alt="A wooden sign"' in page.content.decode()
    assert "See it on works.example" in text(page)
    source = reverse("person_image", args=[shown.account_id, shown.images.get().pk])
    image = client.get(source)
    assert image.headers["Content-Type"] == "image/webp"
    assert b"".join(image.streaming_content).startswith(b"RIFF")


def test_a_form_that_comes_back_has_kept_its_picture(as_ren):
    answer = as_ren.post(NEW, FORM | {"image_1": picture(), "title": ""})

    assert answer.status_code == 422
    (kept,) = kept_in(answer)
    assert "Drawn by hand." in answer.content.decode()
    thumb = as_ren.get(reverse("kept_image", args=[kept]))
    assert b"".join(thumb.streaming_content).startswith(b"RIFF")
    again = as_ren.post(NEW, FORM | {"kept_1": kept})
    assert again.status_code == 302
    assert str(Piece.objects.get().images.get().pk) == kept


def test_one_bad_picture_does_not_cost_the_good_one(as_ren):
    bad = SimpleUploadedFile("x.png", b"no picture", "image/png")

    answer = as_ren.post(NEW, FORM | {"image_1": picture(), "image_2": bad, "alt_2": "Another"})

    assert answer.status_code == 422
    assert len(kept_in(answer)) == 1
    assert "This image cannot be read" in text(answer)


def test_each_picture_is_asked_for_its_words(as_ren):
    answer = as_ren.post(NEW, FORM | {"image_1": picture(), "alt_1": " "})

    assert answer.status_code == 422
    assert "Please say in words what this picture shows" in text(answer)


def test_a_piece_without_a_picture_is_pointed_out(as_ren):
    answer = as_ren.post(NEW, FORM)

    assert answer.status_code == 422
    assert "Please choose at least one picture." in text(answer)


def test_pictures_are_ordered_and_taken_out(as_ren):
    ren = make.ren()
    mine = piece(ren, count=3)
    first, second, third = mine.images.order_by("position")
    rows = {"kept_1": first.pk, "alt_1": "one", "place_1": "3"}
    rows |= {"kept_2": second.pk, "alt_2": "two", "drop_2": "on"}
    rows |= {"kept_3": third.pk, "alt_3": "three", "place_3": "1"}

    as_ren.post(reverse("piece_edit", args=[mine.pk]), FORM | rows)

    assert list(mine.images.order_by("position").values_list("alt", flat=True)) == ["three", "one"]


def test_a_picture_of_somebody_else_is_no_longer_there(as_ren):
    theirs = piece(make.sora()).images.get()

    answer = as_ren.post(NEW, FORM | {"kept_1": theirs.pk})

    assert answer.status_code == 422
    assert not Piece.objects.filter(account=make.ren()).exists()
    assert PieceImage.objects.get().account == make.sora()


@pytest.mark.parametrize(
    "wrong",
    [
        {"link": "http://works.example/"},
        {"link": "javascript:alert(1)"},
        {"year_from": "12"},
        {"year_from": "2024", "year_to": "2020"},
        {"category": "c99"},
        {"title": "長" * 121},
        {"text": "長" * 3_001},
        {"skills": ["unknown"]},
        {"kept_1": "no-uuid", "image_1": ""},
    ],
)
def test_what_cannot_be_saved_comes_back(as_ren, wrong):
    answer = as_ren.post(NEW, FORM | {"image_1": picture()} | wrong)

    assert answer.status_code == 422
    assert not Piece.objects.exists()


def test_a_stranger_finds_no_form(as_ren):
    theirs = piece(make.sora())

    assert as_ren.get(reverse("piece_edit", args=[theirs.pk])).status_code == 404
    for name in ("piece_removal", "piece_place"):
        assert as_ren.post(reverse(name, args=[theirs.pk])).status_code == 404


def test_a_piece_stands_on_its_own_persons_page_only(client):
    one, ren = piece(make.sora()), make.ren()

    assert client.get(reverse("piece", args=[ren.pk, one.pk])).status_code == 404


def test_who_left_shows_nothing(client):
    ren = make.ren()
    one = piece(ren)
    source = reverse("person_image", args=[ren.pk, one.images.get().pk])
    accounts.close(by=ren, at=make.NOON, still_open=lambda _: [])

    assert [client.get(path).status_code for path in (address(one), source)] == [404, 404]


def test_a_picture_that_waits_is_its_owners_alone(as_ren):
    from enishi.profiles.portfolio import commands

    theirs = commands.keep_image(picture(), by=make.sora(), at=make.NOON)

    assert as_ren.get(reverse("kept_image", args=[theirs.pk])).status_code == 404
    source = reverse("person_image", args=[make.sora().pk, theirs.pk])
    assert as_ren.get(source).status_code == 404


def test_pieces_are_moved_and_removed_on_the_page_of_parts(as_ren):
    ren = make.ren()
    first, second = piece(ren), piece(ren)

    as_ren.post(reverse("piece_place", args=[second.pk]), {"to": "up"})
    as_ren.post(reverse("piece_removal", args=[first.pk]))

    assert list(Piece.objects.values_list("pk", "position")) == [(second.pk, 1)]
