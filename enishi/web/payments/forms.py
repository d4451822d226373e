"""The shape of a bank account as people type it; what counts as one is decided in the command."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.web.forms import Form, Lines


class DigitsField(forms.CharField):
    """So many digits; full width, spaces and hyphens are no mistakes."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, *, digits: int, **kwargs: Any) -> None:
        self.digits = digits
        super().__init__(max_length=4 * digits, **kwargs)

    def clean(self, value: Any) -> str:
        typed = unicodedata.normalize("NFKC", super().clean(value))
        plain = typed.replace("-", "").replace(" ", "")
        if not (plain.isascii() and plain.isdigit() and len(plain) == self.digits):
            raise forms.ValidationError(
                _("Please give %(count)s digits."), params={"count": self.digits}
            )
        return plain


class BankAccountForm(Form):
    use_required_attribute = False

    bank = DigitsField(label=_("Bank code"), digits=4)
    branch = DigitsField(label=_("Branch code"), digits=3)
    number = DigitsField(label=_("Account number"), digits=7)
    holder = forms.CharField(label=_("Account holder in katakana"), max_length=60)
    # Asked once; the command says so where it is missing.
    name = forms.CharField(label=_("Your own name in katakana"), max_length=60, required=False)
    reason = forms.CharField(
        label=_("Why the holder is right"), max_length=300, required=False, widget=Lines
    )
