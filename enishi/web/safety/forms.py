"""What somebody tells the office about pressure with a review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.safety import policy
from enishi.web.forms import Form, Lines

KINDS = {
    "retaliation": _("A bad review because I declined or complained"),
    "extortion": _("A demand for a good review, or a threat of a bad one"),
}


class ReportForm(Form):
    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What happened"), max_length=policy.TEXT_MOST, widget=Lines(attrs={"rows": 6})
    )
