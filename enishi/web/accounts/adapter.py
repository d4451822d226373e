"""Where allauth meets our accounts: sign-up is our command, sentences and mails are ours."""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from enishi.accounts import commands, sealing
from enishi.accounts.models import Account
from enishi.web.onward import is_page_of_ours

from . import second_factor, sentences, throttle

logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    """One instance per request, made by allauth."""

    error_messages = DefaultAccountAdapter.error_messages | sentences.ERRORS

    def save_user(
        self, request: HttpRequest, user: Account, form: BaseForm, commit: bool = True
    ) -> Account:
        """The form of the sign-up page becomes an account with its consents (PE7)."""
        answers = form.cleaned_data
        return commands.sign_up(
            answers["email"],
            answers["password1"],
            name=answers["name"],
            role=answers["role"],
            language=request.LANGUAGE_CODE,
            version=form.versions,
            statement=answers["statement"],
            at=request.now,
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our sentence for the event; events without one pass in silence."""
        if message is None and message_template in sentences.MESSAGES:
            message = str(sentences.MESSAGES[message_template]) % (message_context or {})
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A text in the reader's language. Without an account, in that of the page."""
        reader = context.get("user") or Account.objects.filter(email__iexact=email).first()
        language = reader.language if reader else self.request.LANGUAGE_CODE
        known = {
            "email": email,
            "site": settings.URL,
            "office": settings.OPERATOR["mail"],
            "link_days": app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS,
        }
        with override(language):
            self.render_mail(template_prefix, email, known | context).send()

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Plain text alone: what a mail of ours says needs no markup, and asks for no request."""
        subject, body = (
            render_to_string(f"{template_prefix}_{part}.txt", context).strip()
            for part in ("subject", "message")
        )
        to = [email] if isinstance(email, str) else email
        return EmailMessage(subject, body, self.get_from_email(), to, headers=headers)

    def clean_password(self, password: str, user: Account | None = None) -> str:
        try:
            return str(super().clean_password(password, user))
        except ValidationError as refused:
            found = {error.code: error for error in refused.error_list}
            for code, sentence in sentences.PASSWORD_ERRORS.items():
                if code in found:
                    raise ValidationError(sentence, code, found[code].params) from refused
            raise

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """Who knows the password of a suspended account is told why it is (PE4)."""
        messages.error(request, sentences.why_shut(user))
        return redirect("account_login")

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [way | {"description": sentences.WAYS[way["id"]]} for way in methods]

    def is_safe_url(self, url: str) -> bool:
        return is_page_of_ours(url)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count for one address: allauth's also holds the host's name, and a market answers to
        several, so that each would allow five more tries (A6)."""
        return throttle.of_address(credentials["email"])

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The office cannot go without its second factor."""

    error_messages = DefaultMFAAdapter.error_messages | sentences.SECOND_FACTOR_ERRORS

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = second_factor.factors_of(authenticator.user).exclude(pk=authenticator.pk)
        return not authenticator.user.is_office or others.exists()

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What cannot be opened (the key is lost) becomes something that no code fits."""
        try:
            return sealing.unseal(encrypted_text)
        except sealing.Unreadable:
            logger.exception("a second factor cannot be read: was ENISHI_SECRET_KEY changed?")
            return totp.generate_totp_secret()

    def generate_authenticator_name(self, user: Account, kind: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=kind).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The printed address, whatever the request says it is called."""
        return {"id": urlsplit(settings.URL).hostname or "localhost", "name": "Enishi"}
