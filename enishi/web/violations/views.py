"""Reports of the content security policy: each is a bug of ours, or someone's try. The log says
which rule on which page, never whose page it was or what stood there (P5)."""

import json
import logging
import re
import time
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from enishi.web.access import machine_only

log = logging.getLogger("enishi.violations")
LONGEST = 16_384  # bytes
RULE = re.compile(r"[a-z-]{1,40}")
A_MINUTE = 60.0
MOST = 30  # lines a minute from one process: whoever sends more fills no disk
OURS = ("inline", "eval", "data", "blob", "self", "trusted-types-sink", "trusted-types-policy")
OWN_SCHEMES = ("http", "https", "ws", "wss")  # what an extension of the browser does is its own


@csrf_exempt
@machine_only
@require_POST
def violations(request: HttpRequest) -> HttpResponse:
    """A browser sends this by itself, so it is signed by nobody and believed by nobody."""
    if _length(request) > LONGEST:
        return HttpResponse(status=413)
    try:
        report = json.loads(request.body)["csp-report"]
        facts = _facts({name: str(value) for name, value in report.items()})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return HttpResponse(status=400)
    if facts and _tap.lets_through():
        log.warning("content security policy violated", extra={"facts": facts})
    return HttpResponse(status=204)


def _length(request: HttpRequest) -> int:
    given = request.headers.get("Content-Length", "")
    return int(given) if given.isdecimal() and len(given) < len(str(LONGEST)) + 1 else LONGEST + 1


def _facts(report: dict[str, str]) -> dict[str, Any]:
    blocked = _blocked(report.get("blocked-uri", ""))
    if not blocked:
        return {}
    rule = report.get("effective-directive") or report.get("violated-directive", "")
    known = RULE.fullmatch(rule.partition(" ")[0])
    return {"rule": known[0] if known else "other", "blocked": blocked, "page": _page(report)}


def _blocked(uri: str) -> str:
    """A word, or the host alone: the rest of an address may tell of a person."""
    if uri in OURS:
        return uri
    try:
        parts = urlsplit(uri)
        host = parts.hostname or ""
    except ValueError:
        return "other"
    if parts.scheme not in OWN_SCHEMES:
        return ""
    return host[:100] if host.isascii() and host.isprintable() else "other"


def _page(report: dict[str, str]) -> str:
    """The name of the route, without its ids."""
    try:
        return resolve(urlsplit(report.get("document-uri", "")).path).view_name or "other"
    except (Resolver404, ValueError):
        return "other"


class Tap:
    """So many a minute, then none until the next minute begins."""

    def __init__(self) -> None:
        self._since, self._let = float("-inf"), 0

    def lets_through(self) -> bool:
        if time.monotonic() - self._since > A_MINUTE:
            self._since, self._let = time.monotonic(), 0
        self._let += 1
        return self._let <= MOST


_tap = Tap()
