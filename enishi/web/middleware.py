"""What happens around every view: one host, one time, one language, one door, one voice for no."""

from collections.abc import Callable
from datetime import date
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

from enishi.accounts import commands as accounts
from enishi.kit import clock
from enishi.kit.errors import Refused
from enishi.kit.failpoints import failpoint
from enishi.wiring import sentences

from . import access as doors
from . import errors, formats
from .onward import back

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


def unkept(answer: Answer) -> Answer:
    """Nothing a signed-in person has read stays behind in the browser, so that after signing out
    the way back shows nothing (I4); and no cache on the way keeps any page for someone else."""

    def inner(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        user = getattr(request, "user", None)
        is_known = user is not None and user.is_authenticated
        keeping = "private, no-store" if is_known else "private, no-cache"
        response.headers.setdefault("Cache-Control", keeping)
        return response

    return inner


def market_time(answer: Answer) -> Answer:
    """`request.now`: the market's time, read once a request, and whether this is a copy that nobody
    has released. A known person's language wins."""

    def inner(request: HttpRequest) -> HttpResponse:
        request.now, request.is_copy = clock.read()  # type: ignore[attr-defined]  # our own
        user = request.user
        if user.is_authenticated:
            accounts.come(by=user, at=request.now)  # type: ignore[attr-defined]  # our own
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
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={quote(_again(request))}")
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
        if request.method == "POST":
            failpoint("web.answering")
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


def _again(request: HttpRequest) -> str:
    """Where to go on after signing in: an act is begun again on the page with its form."""
    page = urlsplit(back(request) if request.method == "POST" else "")
    if page.path in ("", "/"):
        return request.get_full_path()
    return f"{page.path}?{page.query}" if page.query else page.path


def say(refused: Refused) -> str:
    """The sentence of a refusal in the reader's language."""
    sentence = str(sentences()[refused.code])
    spoken = translation.get_language() or ""
    facts = {name: _shown(fact, spoken) for name, fact in refused.facts.items()}
    return sentence % facts if facts else sentence


def _shown(fact: object, language: str) -> object:
    if isinstance(fact, date):
        return formats.ymd(fact, language)
    return formats.grouped(fact) if isinstance(fact, int) else fact
