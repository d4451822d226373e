"""Around every request: its number, and its one line in the log. The line names the route and the
ids in it, never the address as typed, nor query, body, cookie or header (P5)."""

import logging
import sys
import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from enishi.kit import trace

log = logging.getLogger("enishi.request")
Answer = Callable[[HttpRequest], HttpResponse]
BROKEN = 500


def traced(answer: Answer) -> Answer:
    """Middleware. A visitor's own X-Request-Id counts for nothing; a declared proxy's does."""

    def inner(request: HttpRequest) -> HttpResponse:
        given = (
            request.headers.get(trace.HEADER, "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
        )
        with trace.begun(given) as number:
            started = time.monotonic()
            response = answer(request)
            response.headers[trace.HEADER] = number
            _write(request, response, time.monotonic() - started)
            return response

    return inner


def _write(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    route = (match.view_name or match.func.__name__) if match else "none"
    ids = match.kwargs.items() if match else ()
    # Only if the session has told: a log line asks the database for nothing.
    account = request.__dict__.get("_cached_user")
    facts = {
        "method": request.method if request.method in METHODS else "other",
        "route": route,
        "ids": {name: one for name, one in ids if isinstance(one, int | UUID)} or None,
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "account": getattr(account, "pk", None),
    }
    level = logging.ERROR if response.status_code >= BROKEN else logging.INFO
    log.log(level, "request", extra={"facts": facts})


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def _broken(sender: object, request: HttpRequest | None = None, **_: object) -> None:
    """Django tells of an unexpected exception while it is being handled."""
    log.error("unexpected exception", exc_info=sys.exc_info())


def listen() -> None:
    got_request_exception.connect(_broken, dispatch_uid="enishi.tracing")
