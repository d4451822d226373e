"""Drafts for `static/js/draft.js`: one's own by its form, kept while one writes, thrown away."""

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from enishi.drafts import commands
from enishi.drafts.models import Draft
from enishi.kit.compiled import compiled
from enishi.kit.errors import Refused
from enishi.web.access import signed_in
from enishi.web.formats import md_hm
from enishi.web.jinja import language
from enishi.web.middleware import say
from enishi.web.paging import whole

BOX = "box:"  # before the name of a box, so that no box can be taken for ours


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """The draft of the form that `place` names, or none; or more of it."""
    if request.method == "POST":
        return _keep(request)
    return _shown(_of(request, request.GET.get("place", "")))


def _keep(request: HttpRequest) -> HttpResponse:
    place = request.POST.get("place", "")
    boxes = {
        name.removeprefix(BOX): request.POST.getlist(name)
        for name in request.POST
        if name.startswith(BOX)
    }
    seen = whole(request.POST.get("seen", "")) or 0
    try:
        draft = commands.keep(place, by=request.user, at=request.now, boxes=boxes, seen=seen)
    except Refused as refused:
        if refused.code == "draft.written_elsewhere":
            return _shown(_of(request, place), HTTPStatus.CONFLICT)
        return JsonResponse({"refused": say(refused)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _shown(draft)


def _of(request: HttpRequest, place: str) -> Draft | None:
    found: Draft | None = _draft.first(request.user.pk, place)
    return found


@compiled
def _draft(account_id: int, place: str) -> QuerySet[Draft]:
    return Draft.objects.of(account_id).filter(place=place)


def _shown(draft: Draft | None, status: int = HTTPStatus.OK) -> JsonResponse:
    found: dict[str, Any] = {"draft": None}
    if draft is not None:
        found["draft"] = {
            "id": draft.pk,
            "version": draft.version,
            "at": md_hm(draft.written_at, language()),
            "boxes": draft.boxes,
        }
    answer = JsonResponse(found, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_POST
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    commands.discard(draft_id, by=request.user)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
