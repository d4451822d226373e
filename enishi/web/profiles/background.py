"""The forms of experience and qualifications: one entry at a time."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.kit.errors import Refused
from enishi.profiles.background import queries
from enishi.profiles.background.commands import experience, qualifications
from enishi.profiles.models import Experience
from enishi.web.access import signed_in
from enishi.web.forms import Form, refusal_on, sent

from .part_forms import ExperienceForm, QualificationForm

BOXES = {
    "experience.role_missing": "role",
    "experience.ends_before_it_began": "ended_on",
    "experience.lies_ahead": "started_on",
    "qualification.name_missing": "name",
    "qualification.lies_ahead": "obtained_on",
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def experience_new(request: HttpRequest) -> HttpResponse:
    return _experience(request, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def experience_edit(request: HttpRequest, experience_id: int) -> HttpResponse:
    return _experience(request, Experience.objects.get(pk=experience_id, account=request.user))


@signed_in
@require_POST
def experience_removal(request: HttpRequest, experience_id: int) -> HttpResponse:
    experience.remove(experience_id, by=request.user, at=request.now)
    messages.success(request, _("The entry is removed."))
    return redirect("profile_parts")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def qualification_new(request: HttpRequest) -> HttpResponse:
    return _qualification(request, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def qualification_edit(request: HttpRequest, qualification_id: int) -> HttpResponse:
    held = queries.qualification(qualification_id, account_id=request.user.pk)
    return _qualification(request, held)


@signed_in
@require_POST
def qualification_removal(request: HttpRequest, qualification_id: int) -> HttpResponse:
    qualifications.remove(qualification_id, by=request.user, at=request.now)
    messages.success(request, _("The entry is removed."))
    return redirect("profile_parts")


def _experience(request: HttpRequest, told: Experience | None) -> HttpResponse:
    form = ExperienceForm(*sent(request), initial=_initial(told, experience.FIELDS))
    if form.is_bound and form.is_valid():
        facts = {"by": request.user, "at": request.now, "stage": form.stage()}
        try:
            experience.change(told.pk, **facts) if told else experience.add(**facts)
        except Refused as refused:
            refusal_on(form, refused, BOXES)
        else:
            return _saved(request)
    return _shown(request, "profiles/experience_form.html", form, told)


def _qualification(request: HttpRequest, told: Any) -> HttpResponse:
    form = QualificationForm(*sent(request), initial=_initial(told, qualifications.FIELDS))
    if form.is_bound and form.is_valid():
        facts = {"by": request.user, "at": request.now, "held": form.held()}
        try:
            qualifications.change(told.pk, **facts) if told else qualifications.add(**facts)
        except Refused as refused:
            refusal_on(form, refused, BOXES)
        else:
            return _saved(request)
    return _shown(request, "profiles/qualification_form.html", form, told)


def _initial(told: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(told, name) for name in names} if told else {}


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("The entry is saved."))
    return redirect("profile_parts")


def _shown(request: HttpRequest, template: str, form: Form, told: Any) -> HttpResponse:
    context = {"form": form, "told": told}
    return render(request, template, context, status=422 if form.is_bound else 200)
