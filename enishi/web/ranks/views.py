"""A worker's own rank: where one stands, what is missing, what is coming (RA9)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enishi.ranks import queries
from enishi.ranks.policy import RANKS
from enishi.web.access import worker_only

from . import showing, words


@require_safe
@worker_only
def rank(request: HttpRequest) -> HttpResponse:
    path = queries.path(request.user.pk, at=request.now)
    passed = [one for one in path.conditions if RANKS.index(one.rank) <= RANKS.index(path.rank)]
    coming = path.of(path.next_rank) if path.next_rank else []
    context = {
        "path": path,
        "stops": showing.stops(path),
        "names": words.RANKS,
        "brings": words.BRINGS.get(path.next_rank or ""),
        "coming": showing.lines(path, coming),
        "met": sum(one.holds for one in coming),
        "lost": showing.lines(path, [one for one in passed if not one.holds]),
        "passed": showing.lines(path, [one for one in passed if one.holds]),
        "turns": showing.turns(path.changes, request.now),
    }
    return render(request, "ranks/rank.html", context)
