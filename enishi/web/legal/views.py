"""The texts anyone may read: terms, privacy, legal notice, fees, safety, deadlines, help (OF5)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enishi.accounts.models import Consent
from enishi.kit.days import day_of
from enishi.kit.rules import Rules
from enishi.payments import connection
from enishi.web.access import open_to_all

from .clocks import waits
from .figures import examples, percent, tiers
from .texts import CONSENTED, PLEDGED, TEXTS


@open_to_all
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _page(request, "terms")


@open_to_all
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy", is_by_file=connection.is_by_file())


@open_to_all
@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    return _page(request, "legal_notice")


@open_to_all
@require_safe
def fees(request: HttpRequest) -> HttpResponse:
    return _page(request, "fees", examples=examples(_rules(request)))


@open_to_all
@require_safe
def safe(request: HttpRequest) -> HttpResponse:
    return _page(request, "safe", example=examples(_rules(request)).plain)


@open_to_all
@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    return _page(request, "clocks", waits=waits(settings.RULES))


@open_to_all
@require_safe
def pledge(request: HttpRequest) -> HttpResponse:
    return _page(request, "pledge")


@open_to_all
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    return _page(request, "help")


def _rules(request: HttpRequest) -> Rules:
    """With the rates of today."""
    return settings.RULES.on(day_of(request.now))


def _page(request: HttpRequest, name: str, **more: Any) -> HttpResponse:
    rules = _rules(request)
    context = {
        "text": TEXTS[name],
        "texts": TEXTS.values(),
        "rules": rules,
        "operator": settings.OPERATOR,
        "is_demo": not settings.LIVE,
        "tiers": tiers(rules),
        "percent_of": percent,
        "consented_on": _consented_on(request, name),
    }
    return render(request, "legal/page.html", context | more)


def _consented_on(request: HttpRequest, name: str) -> Any:
    """When this person agreed to the text as it stands, if it asks for consent."""
    if name not in (*CONSENTED, PLEDGED) or not request.user.is_authenticated:
        return None
    mine = Consent.objects.filter(account=request.user, text=name)
    version = TEXTS[name].version.isoformat()
    return mine.filter(version=version).values_list("at", flat=True).first()
