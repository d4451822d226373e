"""The forms of passkeys: what a browser hands over is a puzzle made of bytes, and whatever is wrong
with it gets one sentence."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.web.forms import Form

from . import sentences, throttle
from .forms import NameField

MOST = 10  # passkeys of one person: each sign-in looks through all of them


class CredentialField(forms.Field):
    """What the browser's passkey said, as one JSON object."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> dict[str, Any] | None:
        if not value:
            return None
        try:
            said = json.loads(value)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise forms.ValidationError(sentences.WRONG_PASSKEY)
        return said


class Handed(Form):
    """Hands the credential to allauth. Its reader and the library below it fall over damaged bytes
    in many ways (`ValueError`, `KeyError`, `struct.error` …): all mean the same to the person."""

    credential = CredentialField(error_messages={"required": sentences.NO_PASSKEY})

    def _read(self, read: Any) -> Any:
        try:
            return read()
        except forms.ValidationError as fault:
            if fault.code in (throttle.CODE, "rate_limited"):
                raise
        except Exception:  # bytes of a stranger, read by three libraries
            pass
        raise forms.ValidationError(sentences.WRONG_PASSKEY, code="wrong_passkey")


class Given(Handed):
    """A passkey that opens."""

    def clean_credential(self) -> Authenticator:
        passkey: Authenticator = self._read(super().clean_credential)  # type: ignore[misc]  # allauth's, mixed in below
        return passkey


class SignInForm(Given, webauthn.LoginWebAuthnForm):
    pass


class AuthenticateForm(Given, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateForm(Given, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddForm(Handed, webauthn.SignupWebAuthnForm):
    """allauth's other form asks whether the passkey may open the account alone: ours always may."""

    name = NameField(label=_("Name of this passkey"), required=False)

    def clean(self) -> dict[str, Any]:
        mine = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        if mine.count() >= MOST:
            raise forms.ValidationError(sentences.TOO_MANY_PASSKEYS, params={"most": MOST})
        cleaned: dict[str, Any] = self._read(super().clean)
        return cleaned


class RenameForm(Form, webauthn.EditWebAuthnForm):
    name = NameField(label=_("Name of this passkey"))
