"""The office works behind a second factor: no /office/ page without one, switched on and passed in
this very session."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.accounts.models import Account

OFFICE = "/office"


def enforce(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware. It stands before the access rules: those decide who belongs to the office."""

    def guarded(request: HttpRequest) -> HttpResponse:
        if _is_office_page(request) and request.user.is_authenticated and request.user.is_office:
            return _door(request) or get_response(request)
        return get_response(request)

    return guarded


def is_active(account: Account) -> bool:
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()


def passed(request: HttpRequest) -> bool:
    """Whether this session has shown a one-time code or a recovery code."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def _is_office_page(request: HttpRequest) -> bool:
    return request.path == OFFICE or request.path.startswith(f"{OFFICE}/")


def _door(request: HttpRequest) -> HttpResponse | None:
    if not is_active(request.user):
        messages.warning(
            request,
            _("Office pages need a second factor. Please set up an authenticator app first."),
        )
        return redirect("mfa_activate_totp")
    if not passed(request):
        messages.warning(request, _("Please enter a code from your app to open the office pages."))
        back = request.path if request.method != "GET" else request.get_full_path()
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")
    return None
