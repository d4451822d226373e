"""The forms that are written whole: languages, the weeks ahead, the rate guide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.profiles import limits
from enishi.profiles import queries as profiles
from enishi.profiles.background import queries as background
from enishi.profiles.background.commands import languages as language_commands
from enishi.profiles.working import policy, queries
from enishi.profiles.working.commands import rates as rate_commands
from enishi.profiles.working.commands import weeks as week_commands
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on, sent
from enishi.web.jobs import prices

from .part_forms import LanguagesForm, RatesForm, Rows, WeeksForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def languages(request: HttpRequest) -> HttpResponse:
    start: dict[str, Any] = {}
    for number, one in enumerate(background.languages(request.user.pk), start=1):
        start |= {f"code_{number}": one.code, f"level_{number}": one.level}
    form = LanguagesForm(*sent(request), initial=start)
    return _page(
        request,
        form,
        "languages",
        lambda: language_commands.tell(form.spoken(), by=request.user, at=request.now),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest) -> HttpResponse:
    start: dict[str, Any] = {}
    for one in queries.rates(request.user.pk):
        start |= {
            f"unit_{one.position}": one.unit,
            f"price_from_{one.position}": prices.decimal(one.yen_from),
            f"price_to_{one.position}": prices.decimal(one.yen_to) if one.yen_to else None,
        }
    form = RatesForm(*sent(request), initial=start)
    return _page(
        request,
        form,
        "rates",
        lambda: rate_commands.tell(form.prices(), by=request.user, at=request.now),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def weeks(request: HttpRequest) -> HttpResponse:
    usual = profiles.weekly_hours(request.user.pk)
    said = queries.said(request.user.pk)
    shown = policy.weeks(day_of(request.now), usual=usual, said=said)
    start = {f"hours_{n}": week.hours for n, week in enumerate(shown, start=1) if week.is_set}
    form = WeeksForm(*sent(request), initial=start, weeks=shown)
    more = {"usual": usual, "most": limits.HOURS_OF_A_WEEK[1]}
    return _page(
        request,
        form,
        "weeks",
        lambda: week_commands.tell(form.said(), by=request.user, at=request.now),
        **more,
    )


def _page(
    request: HttpRequest, form: Rows, name: str, tell: Callable[[], Any], **more: Any
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            tell()
        except Refused as refused:
            refusal_on(form, refused)
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("profile_parts")
    status = 422 if form.is_bound else 200
    return render(request, f"profiles/{name}_form.html", {"form": form, **more}, status=status)
