"""F2, F6: a picture we show was drawn by us: square, small, with no trace of its place."""

import io
import struct
import zlib
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from enishi.accounts.models import Account
from enishi.files import images
from enishi.kit.errors import Refused

AT = datetime(2026, 11, 13, 6, 40, tzinfo=UTC)


def encoded(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def square(content, side=256):
    return Image.open(io.BytesIO(images.square(io.BytesIO(content), side)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("side", images.SIDES)
def test_any_picture_becomes_a_square_webp(form, side):
    drawn = square(encoded(Image.new("RGB", (900, 300), "orange"), form), side)

    assert (drawn.format, drawn.size) == ("WEBP", (side, side))


def test_place_and_camera_are_gone():
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ren"
    exif.get_ifd(0x8825)[2] = (35.0, 41.0, 22.0)
    content = encoded(Image.new("RGB", (64, 64)), "JPEG", exif=exif, comment=b"secret place")

    drawn = images.square(io.BytesIO(content), 256)

    assert not Image.open(io.BytesIO(drawn)).getexif()
    assert b"Camera" not in drawn
    assert b"secret" not in drawn
    assert b"EXIF" not in drawn


def test_a_picture_taken_sideways_stands_upright():
    lying = Image.new("RGB", (100, 100), "white")
    lying.paste("black", (0, 0, 100, 50))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees

    drawn = square(encoded(lying, "JPEG", exif=exif)).convert("L")

    assert drawn.getpixel((240, 128)) < 60
    assert drawn.getpixel((15, 128)) > 200


def test_transparency_is_kept():
    drawn = square(encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))

    assert drawn.convert("RGBA").getpixel((128, 128))[3] == 0


def png_claiming(width, height):
    def chunk(kind, body):
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(65_535, 65_535), (9_000, 9_000), (6_000, 6_000)])
def test_a_flood_of_pixels_is_refused_before_it_is_decoded(width, height):
    with pytest.raises(Refused, match=r"image\.too_large"):
        images.square(io.BytesIO(png_claiming(width, height)), 256)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not an image",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 20,
        encoded(Image.new("RGB", (50, 50)), "PNG")[:60],
        encoded(Image.new("RGB", (50, 50)), "TIFF"),
    ],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(Refused, match=r"image\.unreadable"):
        images.square(io.BytesIO(content), 256)


@pytest.mark.django_db
def test_a_stored_picture_may_be_shown():
    ren = Account.objects.create_user("ren@example.jp", name="ren", joined_at=AT)
    content = encoded(Image.new("RGB", (900, 300), "orange"), "JPEG")

    stored = images.store_image(SimpleUploadedFile("私.jpg", content), by=ren, at=AT)

    assert stored.is_reencoded
    assert (stored.content_type, stored.name) == ("image/webp", "image.webp")
