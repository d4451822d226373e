"""A document as it is shown: drawn anew, with the name of who looks, the time and the case all over
it, so that a photograph of the screen says whose it is (P1)."""

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from enishi import documents

FONT = Path(documents.__path__[0]) / "fonts" / "NotoSansCJKjp-Regular.otf"
SIZE = 26  # pixels
GAP = 190  # pixels between lines: no card fits between two
INK = (190, 20, 20, 95)
LEAST_SIDE = 900  # pixels: small pictures are drawn larger, or the mark would hide them


def marked(content: bytes, text: str) -> bytes:
    """One of our own WebP pictures, with `text` across it again and again, as a WebP."""
    with Image.open(io.BytesIO(content), formats=["WEBP"]) as found:
        picture = found.convert("RGBA")
    if (longer := max(picture.size)) < LEAST_SIDE:
        factor = LEAST_SIDE / longer
        picture = picture.resize([max(1, round(side * factor)) for side in picture.size])
    side = int((picture.width**2 + picture.height**2) ** 0.5) + 1
    layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    line = f"{text}    " * 8
    for row, top in enumerate(range(0, side, GAP)):
        pen.text((-120 * (row % 3), top), line, font=font(SIZE), fill=INK)
    turned = layer.rotate(24)
    left, top = (side - picture.width) // 2, (side - picture.height) // 2
    picture.alpha_composite(turned, (0, 0), (left, top, left + picture.width, top + picture.height))
    out = io.BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=80, method=2)
    return out.getvalue()


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Letters of every language of the market."""
    return ImageFont.truetype(str(FONT), size)
