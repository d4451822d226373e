"""VE2: pieces of a portfolio, their order, their pictures."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from enishi.files.models import StoredFile
from enishi.files.responses import opened
from enishi.kit.errors import Refused
from enishi.profiles import limits
from enishi.profiles.models import Piece, PieceImage
from enishi.profiles.portfolio import commands, policy, queries
from tests import make

from . import parts
from .parts import SHOWN, images, picture, piece

NOON = make.NOON


@pytest.fixture
def ren(db):
    return make.ren()


def titles(ren):
    return [one.title for one in queries.pieces(ren.pk)]


def test_a_piece_comes_after_the_others(ren):
    piece(ren)
    piece(ren, shown=replace(SHOWN, title="A menu"))

    assert titles(ren) == ["A shop sign", "A menu"]


def test_pieces_change_places_with_their_neighbours(ren):
    first, _, third = (piece(ren, shown=replace(SHOWN, title=one)) for one in "abc")

    commands.move(third.pk, by=ren, at=NOON, is_up=True)
    commands.move(first.pk, by=ren, at=NOON, is_up=True)

    assert titles(ren) == ["a", "c", "b"]


def test_a_piece_that_goes_leaves_no_gap_and_no_picture(ren):
    gone, kept = piece(ren, count=2), piece(ren, shown=replace(SHOWN, title="b"))

    commands.remove(gone.pk, by=ren, at=NOON)

    assert [(one.title, one.position) for one in queries.pieces(ren.pk)] == [("b", 1)]
    assert PieceImage.objects.count() == StoredFile.objects.count() == 1
    assert PieceImage.objects.get().piece == kept


def test_the_thirty_first_piece_is_refused_by_command_and_database(ren):
    one = piece(ren)
    Piece.objects.bulk_create(
        Piece(account=ren, position=place, title="x", updated_at=NOON) for place in range(2, 31)
    )

    with pytest.raises(Refused, match=r"piece\.too_many"):
        piece(ren)
    with pytest.raises(IntegrityError, match="piece_has_a_place"), transaction.atomic():
        Piece.objects.filter(pk=one.pk).update(position=31)


def test_two_pieces_never_share_a_place(ren):
    piece(ren)
    other = piece(ren)

    with pytest.raises(IntegrityError, match="piece_place_once"), transaction.atomic():
        Piece.objects.filter(pk=other.pk).update(position=1)
        transaction.get_connection().check_constraints()


def test_pictures_keep_their_shape_and_lose_what_they_told(ren):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    kept = commands.keep_image(picture((3000, 1000), "JPEG", exif=exif), by=ren, at=NOON)

    assert (kept.width, kept.height) == (1280, 427)
    with opened(kept.file) as file, Image.open(file) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("WEBP", (1280, 427), {})


@pytest.mark.parametrize("content", [b"no picture", b"\x89PNG\r\n\x1a\n", b"<svg onload=x/>"])
def test_what_is_no_picture_is_refused(ren, content):
    with pytest.raises(Refused, match=r"image\.unreadable"):
        commands.keep_image(SimpleUploadedFile("x.png", content), by=ren, at=NOON)

    assert not PieceImage.objects.exists()


def test_a_flood_of_pixels_is_refused(ren):
    flood = picture((6000, 6000))

    with pytest.raises(Refused, match=r"image\.too_large"):
        commands.keep_image(flood, by=ren, at=NOON)


def test_of_pictures_that_wait_too_long_the_oldest_go(ren):
    stored = [commands.keep_image(picture((4, 4)), by=ren, at=NOON)]
    for minute in range(1, limits.WAITING_IMAGES_MOST + 1):
        at = NOON + timedelta(minutes=minute)
        stored.append(commands.keep_image(picture((4, 4)), by=ren, at=at))

    left = set(PieceImage.objects.values_list("pk", flat=True))
    assert left == {one.pk for one in stored[1:]}
    assert StoredFile.objects.count() == limits.WAITING_IMAGES_MOST


def test_a_picture_of_another_person_or_piece_hangs_nowhere_else(ren):
    theirs, mine = images(make.sora()), piece(ren)
    hanging = [(mine.images.get().pk, "A sign")]

    for wrong in (theirs, hanging, images(ren) * 2):
        with pytest.raises(Refused, match=r"piece\.image_gone"):
            commands.add(by=ren, at=NOON, shown=SHOWN, images=wrong)


def test_pictures_are_hung_anew_in_another_order(ren):
    mine = piece(ren, count=3)
    first, _, third = queries.images([mine.pk])[mine.pk]

    commands.change(
        mine.pk, by=ren, at=NOON, shown=SHOWN, images=[(third.pk, "c"), (first.pk, "a")]
    )

    assert [one.alt for one in queries.images([mine.pk])[mine.pk]] == ["c", "a"]
    assert StoredFile.objects.count() == 2


def test_each_picture_says_what_it_shows(ren):
    (key, _), *_ = images(ren)

    with pytest.raises(Refused, match=r"piece\.alt_missing"):
        commands.add(by=ren, at=NOON, shown=SHOWN, images=[(key, "")])
    with pytest.raises(Refused, match=r"piece\.images_missing"):
        commands.add(by=ren, at=NOON, shown=SHOWN, images=[])


def test_a_stranger_writes_nothing_of_it(ren):
    mine, sora = piece(ren), make.sora()

    for act in (
        lambda: commands.change(mine.pk, by=sora, at=NOON, shown=SHOWN, images=images(sora)),
        lambda: commands.remove(mine.pk, by=sora, at=NOON),
        lambda: commands.move(mine.pk, by=sora, at=NOON, is_up=True),
    ):
        with pytest.raises(Piece.DoesNotExist):
            act()


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://works.example/a?b=c#d", "works.example"),
        ("https://日本.example/", "xn--wgv71a.example"),
        ("http://works.example/", None),
        ("javascript:alert(1)", None),
        ("https://works.example@evil.example/", None),
        ("https://works.example:8443/", None),
        ("https://localhost/", None),
        ("https://127.0.0.1/", None),
        ("https://[::1]/", None),
        ("https://works.example/a b", None),
        ("https://works.example/\u202egpj", None),
        ("https://works.example\\@evil.example/", None),
        ("https:///path", None),
        ("https://" + "a" * 500 + ".example/", None),
        ("https://a..example/", None),
    ],
)
def test_a_link_is_https_and_says_its_host(link, host):
    assert policy.host(link) == host


@pytest.mark.parametrize(
    ("years", "fault"),
    [
        ((None, None), {}),
        ((2024, None), {}),
        ((2022, 2024), {}),
        ((2024, 2022), {"year_to": "piece.years_wrong"}),
        ((None, 2024), {"year_to": "piece.years_wrong"}),
        ((1200, None), {"year_to": "piece.years_wrong"}),
    ],
)
def test_years_follow_each_other(years, fault):
    shown = replace(SHOWN, year_from=years[0], year_to=years[1])

    assert policy.faults(shown, images=1) == fault


@pytest.mark.parametrize("count", [1, 5])
def test_a_list_of_pieces_costs_two_queries(ren, count, django_assert_num_queries):
    for _ in range(count):
        parts.piece(ren)

    with django_assert_num_queries(2):
        found = queries.pieces(ren.pk)
        queries.images([one.pk for one in found])
