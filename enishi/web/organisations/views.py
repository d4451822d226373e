"""For whom one acts: invitations to answer, and the switch between them and oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.organisations import commands, queries
from enishi.profiles import queries as profiles
from enishi.proposals import queries as proposals
from enishi.web.access import signed_in
from enishi.web.onward import page_of_ours
from enishi.web.paging import whole

from . import acting as acts


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def acting(request: HttpRequest) -> HttpResponse:
    """Those I may act for, and the invitations I have not answered. A letter to a stand-in leads
    here first, and from here to what it is about."""
    if request.method == "POST":
        return _switch(request)
    mine = queries.memberships(request.user)
    context = {
        "memberships": mine,
        "invitations": queries.offered(request.user),
        "now_for": getattr(request, "acting", None),
        "has_own": profiles.is_business(request.user.pk),
        "next": page_of_ours(request, ""),
    }
    return render(request, "organisations/acting.html", context)


def _switch(request: HttpRequest) -> HttpResponse:
    membership_id = whole(request.POST.get("membership", ""))
    if membership_id is None:
        acts.stop(request)
        messages.success(request, _("You act for yourself again."))
        return redirect("desk")
    found = acts.start(request, membership_id, request.user)
    said = _("You act for %(organisation)s now. They read your name beside theirs.")
    messages.success(request, said % {"organisation": found.name})
    return redirect(page_of_ours(request, "/desk/"))


@require_safe
@signed_in
def invitation(request: HttpRequest, membership_id: int) -> HttpResponse:
    found = queries.invitation(membership_id, request.user)
    return render(request, "organisations/invitation.html", {"invitation": found})


@require_POST
@signed_in
def acceptance(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Joining is not acting: one chooses for whom one acts, and sees it."""
    of = queries.invitation(membership_id, request.user).organisation_id
    is_other_side = proposals.has_applied_to(of, request.user.pk)
    found = commands.join(
        membership_id, by=request.user, at=request.now, is_other_side=is_other_side
    )
    said = _("You are a member of %(organisation)s now.")
    messages.success(request, said % {"organisation": found.organisation.name})
    return redirect("acting")


@require_POST
@signed_in
def refusal(request: HttpRequest, membership_id: int) -> HttpResponse:
    commands.decline(membership_id, by=request.user, at=request.now)
    messages.success(request, _("They have your answer."))
    return redirect("acting")


@require_POST
@signed_in
def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    commands.leave(membership_id, by=request.user, at=request.now)
    messages.success(request, _("You no longer act for them."))
    return redirect("acting")
