"""How bytes leave: never as something a browser would run on our origin (F1), never before they
were looked at, never when they were caught (F5), and never other bytes than were stored (D4).

The caller has already found the file through the row it hangs on, which decides who may read it.
"""

import hashlib
from typing import IO, Any

from django.http import FileResponse

from .models import Scan, StoredFile

NO_RIGHTS = "sandbox; default-src 'none'"


class Withheld(Exception):
    """These bytes do not leave; `why` is pending, bad or damaged."""

    why = "pending"

    def __init__(self, stored: StoredFile) -> None:
        super().__init__(self.why)
        self.stored = stored


class Pending(Withheld):
    why = "pending"


class Caught(Withheld):
    why = "bad"


class Damaged(Withheld):
    why = "damaged"


def attachment(stored: StoredFile, *, to: Any = None) -> FileResponse:
    """The file to be saved, under its own name, whatever it contains. Who handed it in may have it
    back at once; all others wait until it was looked at."""
    _check(stored, to)
    response = FileResponse(
        opened(stored),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = "private, no-store"
    return _harmless(response)


def inline_image(stored: StoredFile) -> FileResponse:
    """A picture we drew ourselves, shown in the page. Its id changes with its bytes, so a
    browser may keep it for a year."""
    if not stored.is_reencoded:
        return attachment(stored)
    response = FileResponse(opened(stored), filename=stored.name, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return _harmless(response)


def _check(stored: StoredFile, to: Any) -> None:
    if stored.is_reencoded:
        return
    status = Scan.objects.filter(pk=stored.pk).values_list("status", flat=True).first()
    if status == "bad":
        raise Caught(stored)
    if status in (None, "pending") and getattr(to, "pk", None) != stored.owner_id:
        raise Pending(stored)


def _harmless(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NO_RIGHTS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "none"
    return response


def opened(stored: StoredFile) -> IO[bytes]:
    """The bytes, if they are those that were stored: each is read once before the first leaves.
    Nobody writes into a stored file, so what was read is what is sent."""
    try:
        file = stored.path.open("rb")
    except FileNotFoundError:
        raise Damaged(stored) from None
    if hashlib.file_digest(file, "sha256").hexdigest() != stored.sha256:
        file.close()
        raise Damaged(stored)
    file.seek(0)
    return file
