"""Pages of the office's desk. Every one needs an office grade and the second factor."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enishi.escrow import queries as escrow
from enishi.notifications import queries as notifications
from enishi.office import queries
from enishi.web.access import office_only


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _page(rows: list[Any]) -> dict[str, Any]:
    shown = rows[: queries.PAGE]
    return {"rows": shown, "older": shown[-1].pk if len(rows) > queries.PAGE else None}


@office_only()
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Figures, what falls due next, and whether the ledger is sound."""
    context = {"figures": queries.figures(), "due": queries.clocks(most=12)}
    return render(request, "office/desk.html", context)


@office_only()
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    context = _page(queries.people(search=search, before=_before(request))) | {"search": search}
    return render(request, "office/people.html", context)


@office_only()
@require_safe
def deals(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    context = _page(queries.deals(search=search, before=_before(request))) | {"search": search}
    return render(request, "office/deals.html", context)


@office_only()
@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    return render(request, "office/clocks.html", {"due": queries.clocks(most=100)})


@office_only()
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Outgoing mail by newest: to whom, about what, sent or not. Never the body."""
    return render(request, "office/mail.html", {"mails": notifications.mails(_before(request))})


@office_only()
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """What the ledger holds, and whether it is sound."""
    context = {"summary": escrow.summary(), "faults": escrow.verify()}
    return render(request, "office/money.html", context)
