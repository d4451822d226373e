"""allauth's forms with our words, and the sign-up form of PE7."""

from typing import Any
from uuid import uuid4

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from enishi.accounts import policy
from enishi.web.fields import DayField
from enishi.web.forms import Form
from enishi.web.legal.texts import LEGAL_VERSION

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}


class OurWords(Form):
    """Labels of ours; no placeholders, because a label stands above every box."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class LoginForm(OurWords, allauth_forms.LoginForm):
    pass


class AddEmailForm(OurWords, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        """A guess here is a guess at the door: both are counted as one (A6)."""
        password: str = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("enter_current_password")
        return password


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(OurWords, allauth_forms.ReauthenticateForm):
    pass


class NameField(forms.CharField):
    """A display name in one spelling, made of letters one can see."""

    def __init__(self, **kwargs: Any) -> None:
        # Some letters grow when they are brought to one spelling; the clean name is what counts.
        super().__init__(max_length=policy.NAME_LENGTH * 2, **kwargs)

    def clean(self, value: Any) -> str:
        name = policy.clean_name(super().clean(value))
        if name and not policy.is_readable_name(name):
            raise forms.ValidationError(_("Please use letters that can be seen."))
        if len(name) > policy.NAME_LENGTH:
            raise forms.ValidationError(
                _("A name may have %(most)s characters at most."),
                params={"most": policy.NAME_LENGTH},
            )
        return name

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"maxlength": str(policy.NAME_LENGTH)}


ROLE_CHOICES = (
    ("worker", _("Find work")),
    ("client", _("Order work")),
)
STATEMENT_CHOICES = (
    ("age", _("I am 18 or older")),
    ("guardian", _("I am younger, and my parent or guardian consents")),
)
LANGUAGE_CHOICES = (("ja", "日本語"), ("en", "English"))


class SignupForm(OurWords, allauth_forms.SignupForm):
    """Who joins, in which role first, having read what and being how old (PE7)."""

    versions = LEGAL_VERSION
    field_order = ["role", "name", "email", "password1", "statement", "consent"]

    name = NameField(
        label=_("Display name"), widget=forms.TextInput(attrs={"autocomplete": "nickname"})
    )
    role = forms.ChoiceField(
        label=_("What brings you here first?"), choices=ROLE_CHOICES, widget=forms.RadioSelect
    )
    statement = forms.ChoiceField(
        label=_("Your age"), choices=STATEMENT_CHOICES, widget=forms.RadioSelect
    )
    consent = forms.BooleanField(
        label=_("I have read the terms of use and the privacy text, and agree to both")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")
        self.fields["name"].help_text = _(
            "This is the name everyone reads. It need not be your legal name."
        )
        self.fields["role"].help_text = _("One account does both. You can switch at any time.")

    def try_save(self, request: HttpRequest) -> Any:
        """A known address does the same work and takes it back, so time tells nothing (A5)."""
        if self.account_already_exists:
            with transaction.atomic():
                self._save_as(request, f"{uuid4().hex}@nobody.example")
                transaction.set_rollback(True)
        return super().try_save(request)

    def _save_as(self, request: HttpRequest, email: str) -> None:
        answers = self.cleaned_data
        self.cleaned_data = answers | {"email": email}
        adapter = get_adapter()
        account = adapter.save_user(request, adapter.new_user(request), self)
        EmailAddress.objects.create(user=account, email=email)
        self.cleaned_data = answers


class NameForm(Form):
    name = NameField(label=_("Display name"))


class LeaveForm(Form):
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))


class RoleForm(Form):
    role = forms.ChoiceField(label=_("Acting as"), choices=ROLE_CHOICES)


class LanguageForm(Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGE_CHOICES, widget=forms.RadioSelect
    )


def password_hint() -> dict[str, int]:
    """The number the sign-up page states, read from the validator that enforces it."""
    for validator in settings.AUTH_PASSWORD_VALIDATORS:
        if validator["NAME"].endswith("MinimumLengthValidator"):
            return {"letters": validator.get("OPTIONS", {}).get("min_length", 8)}
    return {"letters": 8}
