"""What the people of a demo hand in: drawn papers that say so themselves, and phones that nobody
has. A live market never makes them."""

import io
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from enishi.accounts.models import Account

from .commands import phones
from .models import Verification
from .watermark import font

SIZE = (860, 540)
PAPER, INK, FAINT = "#f3efe4", "#2b2b2b", "#b9b2a0"
NUMBER = "0900000"  # no provider gives such numbers to anybody


def paper(name: str, title: str) -> SimpleUploadedFile:
    """A card with this name, plainly a sample."""
    drawn = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((16, 16, SIZE[0] - 16, SIZE[1] - 16), outline=INK, width=3)
    pen.text((48, 44), title, font=font(44), fill=INK)
    pen.text((48, 150), name, font=font(64), fill=INK)
    pen.rectangle((590, 130, 800, 400), outline=FAINT, width=3)
    pen.ellipse((650, 180, 740, 270), fill=FAINT)
    pen.pieslice((620, 280, 770, 480), 180, 360, fill=FAINT)
    pen.text((48, 420), "見本 SAMPLE", font=font(60), fill="#a33a2a")
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return SimpleUploadedFile("sample.png", out.getvalue())


def confirm_phone(account: Account, *, at: datetime) -> Verification:
    """As if the message had come and its code been typed in."""
    if settings.LIVE:
        raise RuntimeError("A live market confirms phones by messages alone.")
    number = f"+81{NUMBER.removeprefix('0')}{account.pk % 10_000:04}"
    code = phones.intend(number, by=account, real=at)
    return phones.confirm(phones.digits_of(code), by=account, at=at, real=at)
