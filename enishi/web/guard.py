"""What every answer carries on its way out: the content security policy with a nonce of its own
(I4), and no character that turns the line around (I7)."""

import re
import secrets
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

Answer = Callable[[HttpRequest], HttpResponse]
HEADER = "Content-Security-Policy"
# Stands where each answer has its own nonce, so that what is drawn once can be used again. Nobody
# outside learns it, and it is as long as a nonce: the length of an answer stays true.
NONCE = Markup(secrets.token_urlsafe(16))
# Embeddings, overrides, isolates and their ends. A zero-width space is as long in UTF-8.
TURNING = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
NOTHING = "\u200b".encode()


def guarded(answer: Answer) -> Answer:
    """Middleware. Nothing runs, loads or is sent to but what we name; only script tags we wrote
    run. An answer with a narrower policy of its own keeps it."""

    def inner(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        nonce = secrets.token_urlsafe(16)
        if HEADER not in response.headers:
            policy = _policy(settings.STREAM_URL, settings.PROVIDER_PAGE_URL)
            response.headers[HEADER] = policy.format(nonce=nonce, more=_pictures(request))
        if _is_page(response):
            page = response.content.replace(NONCE.encode(), nonce.encode())
            response.content = TURNING.sub(NOTHING, page)
        return response

    return inner


def draws_itself(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page whose picture stands in the page: the key of a second factor is kept nowhere else."""
    view.pictures = " data:"  # type: ignore[attr-defined]  # read by `_pictures`
    return view


def _pictures(request: HttpRequest) -> str:
    match = request.resolver_match
    return str(getattr(match.func, "pictures", "")) if match else ""


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith(
        "text/html"
    )


@cache
def _policy(stream: str, provider_page: str) -> str:
    rules = {
        "default-src": "'none'",
        "script-src": "'nonce-{nonce}'",  # modules that these import are trusted by it too
        "worker-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'{more}",
        "font-src": "'self'",
        "manifest-src": "'self'",
        "connect-src": f"'self' {stream}".strip(),
        "form-action": f"'self' {_origin(provider_page)}",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "report-uri": reverse("violations"),
    }
    return "; ".join(f"{rule} {names}" for rule, names in rules.items())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
