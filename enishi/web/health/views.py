"""The two probes. To strangers they name the parts and say well or not, and nothing more; the
operator's `enishi doctor` says why."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from enishi.web.access import open_to_all

from . import looking
from .finding import Finding

NOT_READY = 503


@require_safe
@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers. It asks nobody else, so that a restart is not asked for in vain."""
    return HttpResponse("alive\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
@open_to_all
def readyz(request: HttpRequest) -> HttpResponse:
    """Everything a market needs is there. 503 names the part that is not."""
    found = looking.latest()
    status = 200 if all(one.is_well for one in found if one.is_needed) else NOT_READY
    if "json" in request.headers.get("Accept", ""):
        body, kind = _as_json(found, status), "application/json"
    else:
        body, kind = _as_text(found, status), "text/plain"
    return HttpResponse(
        body, status=status, content_type=kind, headers={"Cache-Control": "no-store"}
    )


def _as_json(found: list[Finding], status: int) -> str:
    parts = {one.subject: one.is_well for one in found if one.is_needed}
    notes = {one.subject: one.is_well for one in found if not one.is_needed}
    return json.dumps({"ready": status != NOT_READY, "parts": parts, "notes": notes})


def _as_text(found: list[Finding], status: int) -> str:
    lines = ["ready" if status != NOT_READY else "not ready"]
    lines += [f"{'ok ' if one.is_well else 'not'} {one.subject}" for one in found]
    return "\n".join(lines) + "\n"
