"""Groups in the review graph: the evidence, drawn, and what operators decide about it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts.models import Account
from enishi.accounts.policy import has_grade
from enishi.office import findings as commands
from enishi.office.calling import called
from enishi.office.lifecycle import FINDING
from enishi.office.models import Finding
from enishi.web.access import office_only
from enishi.web.forms import sent

from .act_forms import ReasonForm
from .deciding import with_reason
from .finding_words import signs
from .ring import picture

SHOWN = 50


@office_only()
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What waits for an operator, and what was decided."""
    rows = Finding.objects.defer("facts")
    context = {
        "open": _named(rows.filter(status="open").order_by("due_at", "id")),
        "over": _named(rows.exclude(status="open").order_by("-decided_at", "-id")),
        "called": called,
    }
    return render(request, "office/findings.html", context)


def _named(rows: Any) -> list[tuple[Finding, list[str]]]:
    shown = list(rows[:SHOWN])
    names = _names({one for row in shown for one in row.people})
    return [(row, [names[one].name for one in row.people if one in names]) for row in shown]


def _names(people: set[int]) -> dict[int, Account]:
    return Account.objects.only("name").in_bulk(people)


@office_only()
@require_safe
def finding(request: HttpRequest, finding_id: int) -> HttpResponse:
    """One finding: the group as a picture and as a table, what speaks for it, who decided."""
    return _page(request, finding_id, ReasonForm())


def _page(
    request: HttpRequest, finding_id: int, form: ReasonForm, status: int = 200
) -> HttpResponse:
    rows = Finding.objects.select_related("decided_by", "lifted_by")
    found = get_object_or_404(rows, pk=finding_id)
    names = _names(set(found.people))
    people = [names[one] for one in found.people]
    numbers = {one: place for place, one in enumerate(found.people, start=1)}
    edges = found.facts.get("edges", [])
    is_named = request.user.pk in found.people
    context = {
        "finding": found,
        "name": called(found.kind, len(people)),
        "people": people,
        "numbers": numbers,
        "names": names,
        "edges": edges,
        "picture": picture(
            found.people, [(one["client"], one["worker"], one["deals"]) for one in edges]
        ),
        "signs": signs(found.signs, found.facts, len(people)),
        "mean": _mean,
        "form": form,
        "is_named": is_named,
        "may_act": has_grade(request.user.office_grade, "operator") and not is_named,
        "verbs": FINDING.verbs(found.status),
    }
    return render(request, "office/finding.html", context, status=status)


def _mean(stars: list[int]) -> str:
    return f"{sum(stars) / len(stars):.1f}" if stars else "—"


@office_only("operator")
@require_POST
def confirmation(request: HttpRequest, finding_id: int) -> HttpResponse:
    """It is so: reviews by these people no longer move the site's mean."""
    return _act(request, finding_id, commands.confirm)


@office_only("operator")
@require_POST
def dismissal(request: HttpRequest, finding_id: int) -> HttpResponse:
    """It is nothing."""
    return _act(request, finding_id, commands.dismiss)


@office_only("operator")
@require_POST
def lifting(request: HttpRequest, finding_id: int) -> HttpResponse:
    """What was confirmed is taken back."""
    return _act(request, finding_id, commands.lift)


def _act(request: HttpRequest, finding_id: int, verb: Callable[..., Finding]) -> HttpResponse:
    form = ReasonForm(*sent(request))
    if with_reason(form, partial(verb, finding_id, by=request.user, at=request.now)):
        return redirect("office_finding", finding_id)
    return _page(request, finding_id, form, status=422)
