"""How bytes leave: never as something a browser would run on our origin (F1).

The caller has already found the file through the row it hangs on, which decides who may read it.
"""

from typing import IO

from django.http import FileResponse

from enishi.kit.errors import Refused

from .models import StoredFile

NO_RIGHTS = "sandbox; default-src 'none'"


def attachment(stored: StoredFile) -> FileResponse:
    """The file to be saved, under its own name, whatever it contains."""
    response = FileResponse(
        _opened(stored),
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
    response = FileResponse(_opened(stored), filename=stored.name, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return _harmless(response)


def _harmless(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NO_RIGHTS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "none"
    return response


def _opened(stored: StoredFile) -> IO[bytes]:
    """The bytes, if they are all there: a cut file must not pass for the whole."""
    try:
        file = stored.path.open("rb")
    except FileNotFoundError:
        raise Refused.because("file.damaged", name=stored.name) from None
    if file.seek(0, 2) != stored.size:
        file.close()
        raise Refused.because("file.damaged", name=stored.name)
    file.seek(0)
    return file
