"""Files that are two things at once: harmless to whoever looks at the first bytes or at the name,
and a program to a browser that guesses. Each tells of itself by opening a dialog."""

import io
import itertools
import zipfile

from PIL import Image

SCRIPT = b"<script>alert(1)</script>"
PAGE = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>"
MHTML = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
    b"Content-Type: text/html\n\n" + PAGE + b"\n--x--\n"
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.html", PAGE)
    return out.getvalue()


def heads() -> dict[str, bytes]:
    """What stands first."""
    return {
        "none": b"",
        "gif": b"GIF89a/*",
        "gif as script": b"GIF89a=alert(1);",
        "png": picture("PNG"),
        "jpeg": picture("JPEG"),
        "webp": picture("WEBP"),
        "pdf": PDF,
        "zip": zipped(),
        "bom": b"\xef\xbb\xbf",
    }


def tails() -> dict[str, bytes]:
    """What runs."""
    return {
        "page": PAGE,
        "svg": SVG,
        "xhtml": XHTML,
        "mhtml": MHTML,
        "php": b"<?php alert(1) ?>" + PAGE,
        "utf-16": PAGE.decode().encode("utf-16"),
        "utf-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    }


NAMES = itertools.cycle(["a.html", "a.svg", "a.xhtml", "a.mhtml", "a.png", "a.pdf", "a.js", "a"])


def polyglots() -> list[tuple[str, str, bytes]]:
    """What it is, its name, its bytes."""
    return [
        (f"{head} + {tail} as {name}", name, start + end)
        for ((head, start), (tail, end)), name in zip(
            itertools.product(heads().items(), tails().items()), NAMES, strict=False
        )
    ]
