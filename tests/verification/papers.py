"""Documents as people hand them in, good ones and bad ones, and a few steps of their checks."""

import hashlib
import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from enishi.verification.commands import asking, deciding, looking
from tests import make
from tests.make import NOON

CANARY = b"ENISHI-CANARY-OF-A-LICENCE"


def drawn(size=(640, 400), kind="JPEG", **options):
    """A card: red above, green below, with a canary in what is not drawn."""
    picture = Image.new("RGB", size, "green")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0], size[1] // 2), fill="red")
    out = io.BytesIO()
    if kind == "JPEG":
        options |= {"comment": CANARY}
    picture.save(out, kind, **options)
    return out.getvalue()


def upload(content=None, name="licence.jpg"):
    return SimpleUploadedFile(name, drawn() if content is None else content)


def pdf(pages=2):
    out = io.BytesIO()
    first, *rest = [Image.new("RGB", (300, 420), color) for color in ("red", "blue", "white")]
    first.save(out, "PDF", save_all=True, append_images=(rest * pages)[: pages - 1])
    return out.getvalue()


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def locked_pdf(password=b"secret"):
    """A PDF that asks for a password: 40-bit RC4, as every reader knows it."""
    owner, key_id = bytes(32), bytes(16)
    padded = (password + PADDING)[:32]
    permissions = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded + owner + permissions + key_id).digest()[:5]
    user = rc4(key, PADDING)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>"
        % (owner.hex().encode(), user.hex().encode()),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table
    mark = key_id.hex().encode()
    out += b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<%s><%s>]>>\n" % (mark, mark)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def rc4(key, content):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def submitted(kind="identity", *, by=None, at=NOON, files=None, **more):
    facts = {"paper": "driving_licence"}
    if kind == "business":
        facts = {"paper": "register", "title": "Mizuno Writing"}
    if kind == "qualification":
        facts = {"paper": "certificate", "title": "Registered translator"}
    files = [upload()] if files is None else files
    return asking.submit(kind, by=by or make.ren(), at=at, files=files, **facts | more)


def approved(kind="identity", *, by=None, at=NOON, decider=None, **more):
    asked = submitted(kind, by=by, at=at, **more)
    return deciding.approve(asked.pk, by=decider or make.mio(), at=at)


def look(picture, *, by=None, at=NOON, real=NOON, reason="To compare the name"):
    return looking.ask(picture.pk, by=by or make.mio(), at=at, real=real, reason=reason)


def seen(one, *, by=None, at=NOON, real=NOON):
    return looking.see(one.pk, by=by or make.mio(), at=at, real=real)[1]


def color_at(webp, x, y):
    """Parts of its width and height → roughly which colour."""
    with Image.open(io.BytesIO(webp)) as picture:
        at = (int(picture.width * x), int(picture.height * y))
        red, green, blue = picture.convert("RGB").getpixel(at)
    return "black" if max(red, green, blue) < 40 else "red" if red > green else "green"


A_MINUTE = timedelta(minutes=1)
