"""A worker's own rank: where one stands, what is missing, what is coming (RA9)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enishi.kit.days import day_of
from enishi.ranks import past, policy, queries
from enishi.ranks.policy import RANKS
from enishi.web.access import worker_only

from . import ahead, charts, showing, words


@require_safe
@worker_only
def rank(request: HttpRequest) -> HttpResponse:
    path, today = queries.path(request.user.pk, at=request.now), day_of(request.now)
    earned = past.earnings(request.user.pk, path.facts, at=request.now)
    passed = [one for one in path.conditions if RANKS.index(one.rank) <= RANKS.index(path.rank)]
    coming = path.of(path.next_rank) if path.next_rank else []
    forecast = ahead.forecast(path, earned, today)
    context = {
        "path": path,
        "stops": showing.stops(path, forecast.on if forecast else None),
        "names": words.RANKS,
        "brings": words.BRINGS.get(path.next_rank or ""),
        "coming": showing.lines(path, earned, coming),
        "met": sum(one.holds for one in coming),
        "lost": showing.lines(path, earned, [one for one in passed if not one.holds]),
        "passed": showing.lines(path, earned, [one for one in passed if one.holds]),
        "turns": showing.turns(path.changes, request.now),
        "forecast": forecast,
        "room": ahead.room(path) if not policy.above("silver", path.rank) else [],
        "months": charts.months(earned, today),
        "trends": charts.trends(path, earned, today),
    }
    return render(request, "ranks/rank.html", context)
