"""The page of an organisation: who acts for it, who is invited, who stands in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts import queries as accounts
from enishi.kit.errors import Refused
from enishi.organisations import commands, queries
from enishi.profiles import queries as profiles
from enishi.proposals import queries as proposals
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on

from .acting import is_decider
from .forms import InvitationForm, StandInForm

FIELDS = dict.fromkeys(
    (
        *("membership.oneself", "membership.invited_already", "membership.active_already"),
        "membership.too_many",
    ),
    "email",
)


@require_safe
@signed_in
def organisation(request: HttpRequest) -> HttpResponse:
    return _page(request, InvitationForm())


@require_POST
@signed_in
def invitations(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether or not the address has an account (A5)."""
    form = InvitationForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            commands.invite(
                by=request.user,
                at=request.now,
                email=email,
                is_business=profiles.is_business(request.user.pk),
                works=proposals.has_applied(request.user.pk),
            )
        except Refused as refused:
            refusal_on(form, refused, FIELDS)
        else:
            messages.success(request, _("The invitation to %(email)s is sent.") % {"email": email})
            return redirect("organisation")
    return _page(request, form)


@require_POST
@signed_in
def withdrawal(request: HttpRequest, membership_id: int) -> HttpResponse:
    commands.withdraw(membership_id, by=request.user, at=request.now)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("organisation")


@require_POST
@signed_in
def removal(request: HttpRequest, membership_id: int) -> HttpResponse:
    commands.remove(membership_id, by=request.user, at=request.now)
    messages.success(request, _("They no longer act for you, from this moment on."))
    return redirect("organisation")


@require_POST
@signed_in
def stand_in(request: HttpRequest) -> HttpResponse:
    form = StandInForm(request.POST, members=queries.members(request.user.pk))
    if not form.is_valid():
        return _page(request, InvitationForm(), stand_in_form=form)
    commands.name_stand_in(form.chosen, by=request.user, at=request.now)
    messages.success(request, _("The stand-in is saved."))
    return redirect("organisation")


def _page(
    request: HttpRequest, form: InvitationForm, *, stand_in_form: StandInForm | None = None
) -> HttpResponse:
    of = request.user
    members = queries.members(of.pk)
    standing = next((one for one in members if one.stands_in_since), None)
    if stand_in_form is None:
        start = {"membership": str(standing.pk) if standing else ""}
        stand_in_form = StandInForm(initial=start, members=members)
    context: dict[str, Any] = {
        "of": of,
        "is_business": profiles.is_business(of.pk),
        "members": members,
        "invited": queries.invited(of.pk) if is_decider(of) else [],
        "standing": standing,
        "away_until": accounts.away_until(of.pk, at=request.now),
        "decides": is_decider(of),
        "is_owner": of.member is None,
        "form": form,
        "stand_in_form": stand_in_form,
    }
    status = 422 if form.errors or stand_in_form.errors else 200
    return render(request, "organisations/organisation.html", context, status=status)
