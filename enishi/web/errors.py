"""The pages of things that went wrong, in the reader's language."""

import sys

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from enishi.drafts import policy as drafts
from enishi.kit import trace

from . import outage
from .onward import back

TOKEN = "csrfmiddlewaretoken"
BUSY = 5  # seconds, after which one may try again
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Before anything is known about the reader, so the language is looked for here."""
    is_large = isinstance(exception, TOO_LARGE)
    with translation.override(translation.get_language_from_request(request)):
        page = render_to_string("errors/400.html", {"is_large": is_large})
    return HttpResponse(page, status=413 if is_large else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Most often someone signed in anew in another window. What they typed is shown, and can be
    sent again if it surely came from a page of ours and nothing of it is secret or a file."""
    typed = _typed(request)
    context = {"typed": typed, "page": back(request)}
    return render(request, "errors/csrf.html", context, status=403)


def sent_again(request: HttpRequest, *, is_busy: bool) -> HttpResponse:
    """The form of a page that was sent before: with other words, which are shown and may be sent
    anew, or so short a while ago that the first is still at work."""
    context = {"is_busy": is_busy, "typed": _typed(request), "page": back(request)}
    response = render(request, "errors/again.html", context, status=409 if is_busy else 422)
    if is_busy:
        response.headers["Retry-After"] = str(BUSY)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    ours = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") != ours or not request.user.is_authenticated:
        return []
    given = {name: request.POST.getlist(name) for name in request.POST if name != TOKEN}
    if request.FILES or drafts.kept(given).keys() != given.keys():
        return []
    return [(name, value) for name, values in given.items() for value in values]


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """allauth counts these by the minute and does not say which count is full."""
    page = render(request, "errors/429.html", status=429)
    page.headers["Retry-After"] = "60"
    return page


def server_error(request: HttpRequest) -> HttpResponse:
    error = sys.exception()
    if outage.is_cause(error):
        return outage.page(request, is_full=outage.is_full(error))
    return render(request, "errors/500.html", {"trace": trace.current()}, status=500)
