"""What happens around every view: one host, one time, one language, one door, one voice for no."""

import secrets
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, resolve_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from enishi.kit import clock
from enishi.kit.errors import Refused
from enishi.wiring import sentences

from . import access as doors
from . import errors

Answer = Callable[[HttpRequest], HttpResponse]
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}


def canonical_host(answer: Answer) -> Answer:
    """Other names of this machine lead to the printed address: passkeys and cookies know one."""
    ours = urlsplit(settings.URL)

    def inner(request: HttpRequest) -> HttpResponse:
        host = request.get_host().rsplit(":", 1)[0]
        both_here = {host, ours.hostname} <= LOOPBACK
        if both_here and host != ours.hostname and request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(settings.URL + request.get_full_path())
        return answer(request)

    return inner


def content_security_policy(answer: Answer) -> Answer:
    """Nothing runs, loads or is sent to but what we name; no inline script or style."""

    def inner(request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]  # for templates
        response = answer(request)
        stream = settings.STREAM_URL and _origin(settings.STREAM_URL)
        provider = _origin(settings.PROVIDER_PAGE_URL)
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "font-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
            f"connect-src 'self' {stream}; form-action 'self' {provider}"
        )
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return inner


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def market_time(answer: Answer) -> Answer:
    """`request.now`: the market's time, read once a request. A known person's language wins."""

    def inner(request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]  # our own attribute
        user = request.user
        if user.is_authenticated and user.language != translation.get_language():
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        return answer(request)

    return inner


class Access:
    """The door of every view, by its declared policy. No policy, no entry."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if doors.policy_of(view) is None:
            raise Http404
        if not doors.needs_sign_in(view):
            return None
        if not request.user.is_authenticated:
            return redirect(
                f"{resolve_url(settings.LOGIN_URL)}?next={quote(request.get_full_path())}"
            )
        if not doors.allows(view, request):
            raise Http404
        return None


class Refusals:
    """`Refused` becomes a sentence and a way back; "not yours or not there" becomes 404, and so
    does looking at an address that only takes acts."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            page = errors.not_found(request)
            page.status_code, page.headers["Allow"] = (
                response.status_code,
                response.headers["Allow"],
            )
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ObjectDoesNotExist):
            raise Http404 from exception
        if isinstance(exception, Refused):
            messages.error(request, say(exception))
            return HttpResponseRedirect(back(request))
        return None


def say(refused: Refused) -> str:
    """The sentence of a refusal in the reader's language."""
    sentence = str(sentences()[refused.code])
    return sentence % refused.facts if refused.facts else sentence


def back(request: HttpRequest) -> str:
    """The page the person came from, if it is ours."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return came_from
    return "/"
