"""A document drawn anew as pictures: whole, upright, readable, and covered where its sender asked.
Of a PDF each page becomes a picture; nothing of the sender's bytes remains in any."""

import io
import warnings
from typing import IO

import pypdfium2
from PIL import Image, ImageDraw, ImageOps

from .pictures import FORMATS as PICTURES
from .pictures import STRIP, UNREADABLE, check_pixels
from .unfit import Unfit

LONGEST = 1_800  # pixels of the longer side: small print of a card can be read
COVERS = ("top", "bottom", "left", "right")  # a third of the upright picture each
QUALITY = 82
MOST_BYTES = 24 * 1024 * 1024  # of a PDF, which has to lie in memory as a whole
ENCRYPTED = 4  # what pdfium answers when it would have to ask for a password


def sheet(file: IO[bytes], covers: str) -> bytes:
    """One picture as a WebP. `covers`: names of COVERS with commas between, or nothing."""
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we count ourselves
    try:
        with Image.open(file, formats=PICTURES) as image:
            check_pixels(image)
            return _kept(_upright(image), covers)
    except Image.DecompressionBombError:
        raise Unfit("too_large") from None
    except UNREADABLE:
        raise Unfit("unreadable") from None


def pages(file: IO[bytes]) -> bytes:
    """How many pages a PDF has, as digits."""
    return str(len(_opened(file))).encode()


def page(file: IO[bytes], number: int, covers: str) -> bytes:
    """One page of a PDF, from 0, as a WebP."""
    try:
        one = _opened(file)[number]
        longer = max(one.get_width(), one.get_height())
        if longer <= 0:
            raise Unfit("unreadable")
        drawn = one.render(scale=LONGEST / longer, may_draw_forms=False)
        return _kept(drawn.to_pil().convert("RGB"), covers)
    except (pypdfium2.PdfiumError, *UNREADABLE):
        raise Unfit("unreadable") from None


def _opened(file: IO[bytes]) -> pypdfium2.PdfDocument:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unfit("too_large")
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise Unfit("locked" if fault.err_code == ENCRYPTED else "unreadable") from None


def _upright(image: Image.Image) -> Image.Image:
    """Small enough, in our own mode, strip by strip: a whole copy of a large picture would not fit
    into the memory of the child."""
    image.draft("RGB", (LONGEST, LONGEST))  # only JPEG listens
    turn = image.getexif().get(0x0112)
    image.load()
    factor = max(1, max(image.size) // LONGEST)
    width, height = (-(-length // factor) for length in image.size)
    rows = max(1, STRIP // image.width // factor) * factor
    small = Image.new("RGB", (width, height), "white")
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height))).convert("RGB")
        small.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    small.getexif()[0x0112] = turn if isinstance(turn, int) else 1
    return ImageOps.exif_transpose(small)


def _kept(image: Image.Image, covers: str) -> bytes:
    """Covered, then written without a word about where it came from."""
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image)
    width, height = clean.size
    boxes = {
        "top": (0, 0, width, height // 3),
        "bottom": (0, height - height // 3, width, height),
        "left": (0, 0, width // 3, height),
        "right": (width - width // 3, 0, width, height),
    }
    for name in filter(None, covers.split(",")):
        ImageDraw.Draw(clean).rectangle(boxes[name], fill="black")
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue()
