"""What the message box sends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.files.fields import FilesField
from enishi.messaging.policy import LONGEST_BODY


class EntryForm(forms.Form):
    body = forms.CharField(
        max_length=LONGEST_BODY,
        error_messages={"required": _("Please write a message before sending.")},
    )
    files = FilesField(required=False)
