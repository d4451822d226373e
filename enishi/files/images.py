"""Pictures we show: drawn anew as square WebP, so that nothing of the sender's bytes remains."""

import io
import struct
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from PIL import Image, ImageOps

from enishi.accounts.models import Account
from enishi.kit.errors import Refused

from .commands import MEGABYTE, keep
from .models import StoredFile

SIDES = (256, 512)
FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]  # JPEG opens MPO, which phones write
MOST_MEGABYTES = 20
# A JPEG is decoded at a fraction of its size; others have to be held whole in memory.
MOST_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000}
MOST_PIXELS_ELSE = 25_000_000
FLOODS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, OverflowError, struct.error)


@transaction.atomic
def store_image(uploaded: Any, *, by: Account, at: datetime, side: int = SIDES[0]) -> StoredFile:
    """A person chooses a picture: it is cut to a square and freed of place, camera and author."""
    if uploaded.size > MOST_MEGABYTES * MEGABYTE:
        raise Refused.because("image.too_large", limit=f"{MOST_MEGABYTES} MB")
    return keep([square(uploaded, side)], name="image.webp", by=by, at=at, is_reencoded=True)


def square(file: IO[bytes], side: int) -> bytes:
    """The picture as a WebP of side × side, upright, without any of its metadata."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            _check_pixels(image)
            return _drawn(image, side)
    except FLOODS:
        raise _too_many_pixels(MOST_PIXELS_ELSE) from None
    except UNREADABLE as fault:
        raise Refused.because("image.unreadable") from fault


def _check_pixels(image: Image.Image) -> None:
    most = MOST_PIXELS.get(image.format or "", MOST_PIXELS_ELSE)
    if image.width * image.height > most:
        raise _too_many_pixels(most)


def _too_many_pixels(most: int) -> Refused:
    return Refused.because("image.too_large", limit=f"{most // 1_000_000} MP")


def _drawn(image: Image.Image, side: int) -> bytes:
    image.draft("RGB", (side * 2, side * 2))  # only JPEG listens
    upright = ImageOps.exif_transpose(image)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    fitted = ImageOps.fit(upright.convert(mode), (side, side), Image.Resampling.LANCZOS)
    clean = Image.new(mode, fitted.size)
    clean.paste(fitted)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=84, method=4)
    return out.getvalue()
