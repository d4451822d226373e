"""What the message box sends."""

from django import forms

from enishi.files.fields import FilesField


class EntryForm(forms.Form):
    """Its shape only: whether the words will do is the command's to say."""

    body = forms.CharField(required=False)
    files = FilesField(required=False)
