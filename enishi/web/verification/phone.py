"""A phone is checked by a code that goes there and comes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enishi.kit import clock
from enishi.kit.errors import Refused
from enishi.verification import policy, queries, texting
from enishi.verification.commands import phones
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on, sent

from .forms import CodeForm, NumberForm

NUMBER_BOXES = {
    f"phone.{code}": "number" for code in ("not_mobile", "too_soon", "too_often", "busy", "refused")
}
CODE_BOXES = {f"phone.{code}": "code" for code in ("code_gone", "code_spent", "code_wrong")}


@signed_in
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The number, and while a code is on its way the box for it."""
    return _page(request, NumberForm(), CodeForm())


def _page(
    request: HttpRequest, number: NumberForm, code: CodeForm, status: int = 200
) -> HttpResponse:
    waiting = phones.waiting_code(request.user, real=clock.real())
    context: dict[str, Any] = {
        "number_form": number,
        "code_form": code,
        "waiting": waiting,
        "shown": phones.digits_of(waiting) if waiting and texting.is_shown() else "",
        "has_messages": texting.is_there(),
        "standing": queries.standing_phone(request.user.pk),
        "minutes": int(policy.CODE_LASTS.total_seconds()) // 60,
        "tries": policy.TRIES_MOST,
    }
    return render(request, "verification/phone.html", context, status=status)


@signed_in
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """Send a code. The form is not kept to be known again, as others are: it holds the number."""
    form = NumberForm(*sent(request))
    if form.is_valid():
        try:
            phones.ask_code(form.cleaned_data["number"], by=request.user, real=clock.real())
        except Refused as refused:
            refusal_on(form, refused, NUMBER_BOXES)
        else:
            return redirect("verification_phone")
    return _page(request, form, CodeForm(), status=422)


@signed_in
@require_POST
def confirmation(request: HttpRequest) -> HttpResponse:
    """Type the code in. Each try counts, whatever becomes of it."""
    form = CodeForm(*sent(request))
    if form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            phones.confirm(typed, by=request.user, at=request.now, real=clock.real())
        except Refused as refused:
            refusal_on(form, refused, CODE_BOXES)
        else:
            messages.success(request, _("Your phone is checked."))
            return redirect("verifications")
    return _page(request, NumberForm(), form, status=422)
