"""The shape of a bank account as people type it; what counts as one is decided in the command."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BankAccountForm(forms.Form):
    bank = forms.CharField(
        label=_("Bank code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    branch = forms.CharField(
        label=_("Branch code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    holder = forms.CharField(label=_("Account holder in katakana"), max_length=60)
