"""The office works behind a second factor: no /office/ page without one, switched on and passed in
this very session."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
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


def factors_of(account: Account) -> QuerySet[Authenticator]:
    """Authenticator app and passkeys. Recovery codes only stand in for one of them."""
    return Authenticator.objects.filter(
        user=account, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )


def is_active(account: Account) -> bool:
    return factors_of(account).exists()


def has_passkey(account: Account) -> bool:
    return factors_of(account).filter(type=Authenticator.Type.WEBAUTHN).exists()


def passed(request: HttpRequest) -> bool:
    """Whether this session has shown a one-time code, a recovery code or a passkey."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def is_fresh(request: HttpRequest) -> bool:
    """Whether it was shown in the last minutes: asked before money is moved (PE2, A8)."""
    least = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT  # noqa: TID251  # as allauth notes it
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" and record["at"] >= least for record in records)


def way_to_show(account: Account, back: str) -> str:
    """Where somebody shows the second factor, to come back to `back`."""
    name = "mfa_reauthenticate_webauthn" if has_passkey(account) else "mfa_reauthenticate"
    return f"{reverse(name)}?{urlencode({'next': back})}"


def _is_office_page(request: HttpRequest) -> bool:
    return request.path == OFFICE or request.path.startswith(f"{OFFICE}/")


def _door(request: HttpRequest) -> HttpResponse | None:
    if not is_active(request.user):
        messages.warning(
            request,
            _("Office pages need a second factor. Please set up an app or a passkey first."),
        )
        return redirect("mfa_index")
    if not passed(request):
        messages.warning(request, _("The office pages open with your second factor."))
        back = request.path if request.method != "GET" else request.get_full_path()
        return redirect(way_to_show(request.user, back))
    return None
