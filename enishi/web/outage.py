"""The database does not answer: a page in both languages that needs nothing of it, and 503 (L5).

Who asked to see something is brought back by itself; who sent something is told to look first,
since nobody knows what became of it.
"""

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

SOON = "5"  # seconds; a killed database is back within fifteen (D2)
LANGUAGES = ("ja", "en")
DISK_FULL = "53100"  # as PostgreSQL names it


def is_cause(error: BaseException | None) -> bool:
    """Gone, stopped, full, or held up by someone else: in each case it is worth trying again."""
    return isinstance(error, OperationalError | InterfaceError)


def is_full(error: BaseException | None) -> bool:
    """The disk of the database: the statement failed, so nothing of it was saved (D3)."""
    return getattr(error.__cause__, "sqlstate", "") == DISK_FULL if error else False


def page(request: HttpRequest, *, is_full: bool = False) -> HttpResponse:
    first = "en" if translation.get_language_from_request(request).startswith("en") else "ja"
    is_look = request.method in ("GET", "HEAD")
    context = {
        "languages": [
            _full(code, is_look) if is_full else _words(code, is_look)
            for code in sorted(LANGUAGES, key=first.__ne__)
        ],
        "again": request.get_full_path() if is_look else "",
    }
    with translation.override(first):
        response = HttpResponse(render_to_string("errors/503.html", context), status=503)
    response.headers["Retry-After"] = SOON
    response.headers["Cache-Control"] = "no-store"
    if is_look:
        response.headers["Refresh"] = SOON
    return response


def _full(code: str, is_look: bool) -> dict[str, object]:
    """Here it is known what became of it: nothing."""
    with translation.override(code):
        lines = [_("The disk of this market is full. Whoever runs it has to make room.")]
        if not is_look:
            lines += [
                _("What you sent was not saved, and no money moved because of it."),
                _("Please go back in your browser, where what you wrote still stands."),
            ]
        lines.append(_("Nothing that was saved before is lost, and nothing is paid twice."))
        return {
            "code": code,
            "heading": _("There is no room left here"),
            "lines": lines,
            "button": _("Try again"),
        }


def _words(code: str, is_look: bool) -> dict[str, object]:
    with translation.override(code):
        safe = _("Nothing that was saved before is lost, and nothing is paid twice.")
        if is_look:
            then = [_("This page opens by itself as soon as we are back.")]
        else:
            then = [
                _("We cannot see yet whether what you sent has arrived."),
                _(
                    "Please go back in your browser, where what you wrote still stands. In a"
                    " minute, look whether it has arrived before you send it again."
                ),
            ]
        return {
            "code": code,
            "heading": _("We will be back in a moment"),
            "lines": [
                _("Our database does not answer just now. It comes back by itself."),
                *then,
                safe,
            ],
            "button": _("Try again"),
        }
