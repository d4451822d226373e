"""The component gallery: every component in every state, for the people who build pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enishi.web.access import open_to_all

from . import samples
from .forms import GalleryForm


@require_safe
@open_to_all
def components(request: HttpRequest) -> HttpResponse:
    if settings.LIVE:
        raise Http404
    now = request.now
    typed = {"returned-name": "蓮", "returned-inspection": "14", "returned-overall": "4"}
    returned = GalleryForm(typed, prefix="returned")
    context = {
        "cases": samples.cases(now),
        "documents_shown": samples.documents(),
        "entries": samples.timeline(now),
        "facet_groups": samples.facets(),
        "findings": samples.findings(),
        "floor": samples.FLOOR,
        "form": GalleryForm(initial={"inspection": "14"}),
        "jobs": samples.jobs(now),
        "market": samples.MARKET,
        "returned": returned,
        "signals": samples.signals(),
        "talk": samples.messages(now),
    }
    return render(request, "demo/components.html", context)
