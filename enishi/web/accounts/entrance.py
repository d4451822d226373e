"""allauth's pages where ours say more: sign-in with the demo's people, codes, switching on."""

from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.views import ConfirmEmailView, LoginView, SignupView
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from enishi.accounts.models import Account
from enishi.profiles.names import queries as names

from . import demo, second_factor, sentences, throttle
from .forms import password_hint

ONE_BY_ONE = "select pg_advisory_xact_lock(%s)"


class SignIn(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"demo_people": demo.logins(), "ended": _why_ended(self.request)}

    def form_invalid(self, form: Form) -> HttpResponse:
        """What was typed stands in its box, also when it was tried too often (A6)."""
        key = throttle.of_address(form.cleaned_data.get("login", ""))
        return throttle.told(self.request, super().form_invalid(form), form, key)


class SignUp(SignupView):
    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Account, address and mail come together or not at all. Of two sign-ups with one address
        the later waits, finds the account standing and gets the answer of any other (A5)."""
        with connection.cursor() as cursor:
            cursor.execute(ONE_BY_ONE, [_number_of(request.POST.get("email", ""))])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Whoever takes a name that looks like another member's is told, and keeps it. Asked before
        the account stands, so that a known address gets the same answer (A5)."""
        is_similar = names.is_taken_look(form.cleaned_data["name"])
        response = super().form_valid(form)
        if is_similar:
            messages.warning(self.request, str(sentences.SIMILAR_NAME))
        return response

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"role": self.request.GET.get("role", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"password": password_hint()}


class GivePasswordAgain(account.ReauthenticateView):
    """The password once more before a delicate act; the session goes on under a new key (A4)."""

    def form_valid(self, form: Form) -> HttpResponse:
        self.request.session.cycle_key()
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        key = throttle.of_address(self.request.user.email)
        return throttle.told(self.request, super().form_invalid(form), form, key)


class ChangePassword(account.PasswordChangeView):
    def form_invalid(self, form: Form) -> HttpResponse:
        key = throttle.of_address(self.request.user.email)
        return throttle.told(self.request, super().form_invalid(form), form, key)


class ConfirmAddress(ConfirmEmailView):
    """Whoever else is signed in stays so until the button is pressed: a link that somebody sends
    ends nobody's session (A10)."""

    def logout_other_user(self, confirmation: Any) -> None:
        if self.request.method == "POST":
            super().logout_other_user(confirmation)


class EnterCode(AuthenticateView):
    """The second step of signing in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        account = self.stage.login.user
        return context | {
            "demo_code": demo.code_of(account),
            "has_passkey": second_factor.has_passkey(account),
            "refused": self.form if self.form and self.form.errors else None,
        }

    def form_invalid(self, form: Form) -> HttpResponse:
        page = super().form_invalid(form)
        key = throttle.of_second_factor(self.stage.login.user.pk)
        return throttle.told(self.request, page, form, key)


class EnterCodeAgain(ReauthenticateView):
    """A fresh code before a delicate act, and at the office's door."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"demo_code": demo.code_of(self.request.user)}

    def form_valid(self, form: Form) -> HttpResponse:
        self.request.session.cycle_key()
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        page = super().form_invalid(form)
        key = throttle.of_second_factor(self.request.user.pk)
        return throttle.told(self.request, page, form, key)


class SwitchOn(ActivateTOTPView):
    """Setting up the authenticator shows a code, so this session has passed it (A4: new key)."""

    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        switched_on = Authenticator.objects.get(
            user=self.request.user, type=Authenticator.Type.TOTP
        )
        post_authentication(self.request, switched_on)
        self.request.session.cycle_key()
        return response


class SwitchOff(DeactivateTOTPView):
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.cycle_key()
        return response


def way_to_reauthenticate(page: str) -> str:
    """Where somebody shows who they are, to come back to `page`."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': page})}"


def _number_of(address: str) -> int:
    """What the database locks. Whatever was typed gets a number, before any form has read it."""
    plain = f"sign-up:{address.strip().lower()}".encode(errors="replace")
    return int.from_bytes(blake2b(plain, digest_size=8).digest(), signed=True)


def _why_ended(request: HttpRequest) -> str:
    """Someone whose session was ended by a suspension still holds its key: tell them why (PE4)."""
    if request.user.is_authenticated or SESSION_KEY not in request.session:
        return ""
    account = Account.objects.filter(pk=request.session[SESSION_KEY], is_active=False).first()
    return sentences.why_shut(account) if account else ""
