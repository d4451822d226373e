"""What somebody hands in to be checked. Rules stand in `verification.policy`."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from enishi.files.commands import MEGABYTE
from enishi.files.fields import FilesField
from enishi.verification import policy
from enishi.web.forms import Form

from .words import COVERS, PAPERS


class DocumentForm(Form):
    """One form for the three kinds that have documents; `kind` says which boxes it has."""

    use_required_attribute = False

    title = forms.CharField(max_length=policy.TITLE_LENGTH)
    number = forms.CharField(
        label=_("Registration number of the invoice system"), max_length=40, required=False
    )
    paper = forms.ChoiceField(label=_("Which document"), widget=forms.RadioSelect)
    files = FilesField(
        label=_("Pictures or PDF"),
        max_files=policy.FILES_MOST,
        max_file=settings.RULES.document_megabytes * MEGABYTE,
    )
    covers = forms.MultipleChoiceField(
        label=_("Cover before it is kept"),
        choices=list(COVERS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    TITLES = {
        "business": _("Name of the business"),
        "qualification": _("Name of the qualification"),
    }

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [(one, PAPERS[one]) for one in policy.PAPERS[kind]]
        if kind in self.TITLES:
            self.fields["title"].label = self.TITLES[kind]
        else:
            del self.fields["title"]
        if kind != "business":
            del self.fields["number"]
        if len(policy.PAPERS[kind]) == 1:
            self.fields["paper"].initial = policy.PAPERS[kind][0]


class NumberForm(Form):
    use_required_attribute = False

    number = forms.CharField(label=_("Mobile number"), max_length=40)


class CodeForm(Form):
    use_required_attribute = False

    code = forms.CharField(label=_("Code in the message"), max_length=20)

    def clean_code(self) -> str:
        """As phones show it: any width, perhaps with a space in the middle."""
        return policy.plain_code(self.cleaned_data["code"])


class PledgeForm(Form):
    use_required_attribute = False

    agrees = forms.BooleanField(label=_("I have read the pledge, and I make it"))
