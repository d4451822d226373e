"""The front page for people who are not signed in; others go to their desk."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from enishi.jobs import queries
from enishi.web.access import open_to_all
from enishi.web.jobs import listing

from . import figures

SHOWN = 6


@require_safe
@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    newest = queries.found(queries.Wanted(), at=request.now)
    context = {
        "figures": figures.figures(at=request.now),
        "jobs": listing.facts(newest.lines[:SHOWN], at=request.now),
    }
    return render(request, "home/home.html", context)


@require_safe
@open_to_all
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the service worker, so it names nobody."""
    return render(request, "home/offline.html")


@require_safe
@open_to_all
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root: a worker rules only what lies under its own address."""
    path = finders.find("js/sw.js")
    response = HttpResponse(Path(str(path)).read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
