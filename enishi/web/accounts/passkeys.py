"""Passkeys: signing in with one, giving one as second factor or again before a delicate act, and
keeping the list of one's own. The ceremony is allauth's; pages, words and limits are ours."""

from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enishi.web.access import open_to_all

from . import sentences, throttle


@open_to_all
@require_POST
@never_cache
def challenge(request: HttpRequest) -> HttpResponse:
    """What the browser must sign to sign in. It names nobody, so it tells nothing of who exists."""
    if limited := ratelimit.consume_or_429(request, app="allauth.account", action="login"):
        return limited
    return JsonResponse(auth.begin_authentication(user=None))


class SignInByPasskey(views.LoginWebAuthnView):
    """A passkey that knew its owner (by finger, face or number) is both factors in one."""

    http_method_names = ["post"]

    def form_valid(self, form: Form) -> HttpResponse:
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = flows.perform_passwordless_login(self.request, passkey, login)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.error(self.request, sentences.WRONG_PASSKEY)
        return redirect("account_login")


class GivePasskeyAgain(views.ReauthenticateWebAuthnView):
    """A fresh touch before a delicate act, and at the office's door."""

    def form_valid(self, form: Form) -> HttpResponse:
        self.request.session.cycle_key()
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        page = self.render_to_response(self.get_context_data(form=form))
        key = throttle.of_second_factor(self.request.user.pk)
        return throttle.told(self.request, page, form, key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"form": kwargs.get("form") or self.get_form()}


class AddPasskey(views.AddWebAuthnView):
    """Each is one that opens the account alone: it stays in the device and knows its owner."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = kwargs.get("form") or self.get_form()
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context

    def form_valid(self, form: Form) -> HttpResponse:
        """The office is let in at once: making a passkey shows it, as setting up an app does."""
        response: HttpResponse = super().form_valid(form)
        made = Authenticator.objects.filter(user=self.request.user, type="webauthn").latest("pk")
        flows.reauthenticate(self.request, made)
        self.request.session.cycle_key()
        return response


class RenamePasskey(views.EditWebAuthnView):
    success_url = reverse_lazy("mfa_index")


class RemovePasskey(views.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Form) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(
                self.request, sentences.SECOND_FACTOR_ERRORS["cannot_delete_authenticator"]
            )
            return redirect(reverse("mfa_index"))
        response: HttpResponse = super().form_valid(form)
        self.request.session.cycle_key()
        return response
