"""Days on which one owes nobody an answer: declared and ended by oneself (RA8)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.accounts import commands, queries
from enishi.kit.errors import Refused
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on, sent

from .forms import LeaveForm

FIELDS = {"leave.in_the_past": "starts_on", "leave.ends_before_it_starts": "ends_on"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def leaves(request: HttpRequest) -> HttpResponse:
    """The list, and the form for a new one."""
    form = LeaveForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.declare_leave(by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused, FIELDS)
        else:
            messages.success(request, _("Your leave is entered."))
            return redirect("leaves")
    context = {
        "form": form,
        "leaves": queries.leaves(request.user.pk, at=request.now),
        "days": queries.leave_days(request.user.pk, at=request.now),
    }
    status = 422 if form.errors else 200
    return render(request, "settings/leaves.html", context, status=status)


@require_POST
@signed_in
def leave_end(request: HttpRequest, leave_id: int) -> HttpResponse:
    commands.end_leave(leave_id, by=request.user, at=request.now)
    messages.success(request, _("Welcome back. Your leave is over."))
    return redirect("leaves")
