"""Clients look for workers; a worker sees how they appear (RA3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enishi.trust import workers as listing
from enishi.web.access import client_only, worker_only

from . import search
from .rows import rows


@client_only
@require_safe
def workers(request: HttpRequest) -> HttpResponse:
    form = search.SearchForm(request.GET)
    wanted, kept = form.wanted(), form.kept()
    after = request.GET.get("after", "")
    found = listing.found(wanted, viewer=request.user, after=after)
    count = listing.count(wanted, viewer=request.user)
    context = {
        "form": form,
        "kept": kept,
        "conditions": search.conditions(kept),
        "orders": search.orders(kept, wanted.order),
        "reason": search.reason(wanted.order),
        "rows": rows(found.lines, viewer_id=request.user.pk, at=request.now),
        "count": min(count, listing.COUNTED_MOST),
        "is_capped": count > listing.COUNTED_MOST,
        "next_url": search.address(kept, after=found.after) if found.after else "",
        "first_url": search.address(kept) if after else "",
    }
    return render(request, "workers/workers.html", context)


@worker_only
@require_safe
def entry(request: HttpRequest) -> HttpResponse:
    """One's own entry as clients see it, and whether they do."""
    line, is_listed = listing.listed_line(request.user)
    (row,) = rows([line], viewer_id=request.user.pk, at=request.now)
    context = {"row": row, "is_listed": is_listed}
    return render(request, "workers/entry.html", context)
