"""A picture drawn anew: upright, small, with nothing of the sender's bytes in it (F6)."""

import io
import struct
import warnings
from typing import IO

from PIL import Image, ImageOps

from .unfit import Unfit

FORMATS = ["JPEG", "PNG", "WEBP", "GIF"]  # JPEG opens MPO, which phones write
# A plain JPEG is decoded at a fraction of its size; others have to be held whole in memory.
MOST_PIXELS = 25_000_000
MOST_PIXELS_OF_JPEG = 120_000_000
STRIP = 2_000_000  # pixels that are turned into our own mode at a time
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, OverflowError, struct.error)


def square(file: IO[bytes], side: int) -> bytes:
    """The picture as a WebP of side × side, cut at its edges."""
    return _webp(file, side, whole=False)


def fitted(file: IO[bytes], side: int) -> bytes:
    """The whole picture as a WebP, no side longer than `side` and none longer than it was."""
    return _webp(file, side, whole=True)


def _webp(file: IO[bytes], side: int, *, whole: bool) -> bytes:
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves
    try:
        with Image.open(file, formats=FORMATS) as image:
            check_pixels(image)
            return _drawn(image, side, whole=whole)
    except Image.DecompressionBombError:
        raise Unfit("too_large") from None
    except UNREADABLE:
        raise Unfit("unreadable") from None


def check_pixels(image: Image.Image) -> None:
    if image.width * image.height > (MOST_PIXELS_OF_JPEG if is_scaled(image) else MOST_PIXELS):
        raise Unfit("too_large")


def is_scaled(image: Image.Image) -> bool:
    """Whether it can be decoded at a fraction of its size."""
    return image.format in ("JPEG", "MPO") and not image.info.get("progressive")


def _drawn(image: Image.Image, side: int, *, whole: bool) -> bytes:
    wanted = side if whole else side * 2
    image.draft("RGB", (wanted, wanted))  # only JPEG listens
    turn = image.getexif().get(0x0112)
    small = _shrunk(image, max(image.size) if whole else min(image.size), wanted)
    small.getexif()[0x0112] = turn if isinstance(turn, int) else 1
    upright = ImageOps.exif_transpose(small)
    drawn = _within(upright, side) if whole else _cut(upright, side)
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=84, method=4)
    return out.getvalue()


def _cut(image: Image.Image, side: int) -> Image.Image:
    return ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS)


def _within(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) <= side:
        return image
    share = side / max(image.size)
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _shrunk(image: Image.Image, length: int, wanted: int) -> Image.Image:
    """So that `length` pixels become `wanted` or more, in our own mode, strip by strip: a whole
    copy of a large picture would not fit into the memory of the child."""
    image.load()
    mode = "RGBA" if image.has_transparency_data else "RGB"
    factor = max(1, length // wanted)
    width, height = (-(-length // factor) for length in image.size)
    rows = max(1, STRIP // image.width // factor) * factor
    small = Image.new(mode, (width, height))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height))).convert(mode)
        small.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    return small
