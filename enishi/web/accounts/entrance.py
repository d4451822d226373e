"""allauth's pages where ours say more: sign-in with the demo's people, codes, switching on."""

from typing import Any

from allauth.account.views import LoginView, SignupView
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth import SESSION_KEY
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from enishi.accounts.models import Account

from . import demo, sentences
from .forms import password_hint


class SignIn(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"demo_people": demo.logins(), "ended": _why_ended(self.request)}


class SignUp(SignupView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"password": password_hint()}


class EnterCode(AuthenticateView):
    """The second step of signing in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"demo_code": demo.code_of(self.stage.login.user)}


class EnterCodeAgain(ReauthenticateView):
    """A fresh code before a delicate act, and at the office's door."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"demo_code": demo.code_of(self.request.user)}

    def form_valid(self, form: Form) -> HttpResponse:
        self.request.session.cycle_key()
        return super().form_valid(form)


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


def _why_ended(request: HttpRequest) -> str:
    """Someone whose session was ended by a suspension still holds its key: tell them why (PE4)."""
    if request.user.is_authenticated or SESSION_KEY not in request.session:
        return ""
    account = Account.objects.filter(pk=request.session[SESSION_KEY], is_active=False).first()
    return sentences.why_shut(account) if account else ""
