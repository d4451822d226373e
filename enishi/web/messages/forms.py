"""What the message box sends."""

from django import forms

from enishi.files.fields import FilesField
from enishi.web.forms import Form, Lines


class EntryForm(Form):
    """Its shape only: whether the words will do is the command's to say."""

    body = forms.CharField(required=False, widget=Lines)
    files = FilesField(required=False)
    needs_no_reply = forms.BooleanField(required=False)
