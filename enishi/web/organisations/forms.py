"""Whom an organisation invites, and who stands in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.organisations.models import Membership
from enishi.web.forms import Form


class InvitationForm(Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class StandInForm(Form):
    """One of those who act for the organisation, or nobody."""

    membership = forms.ChoiceField(
        label=_("Who stands in while the owner is on leave?"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), one.account.name) for one in members if one.account]
        self.fields["membership"].choices = [("", _("Nobody")), *named]  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> int | None:
        said: str = self.cleaned_data["membership"]
        return int(said) if said else None
