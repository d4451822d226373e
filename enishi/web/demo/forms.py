"""Forms of the component gallery: every kind of box once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.files.fields import FilesField
from enishi.web.fields import DayField, MomentField, YenField
from enishi.web.forms import Form, Lines


class GalleryForm(Form):
    name = forms.CharField(label=_("Display name"), max_length=40)
    price = YenField(label=_("Your price"), min_value=100)
    day = DayField(label=_("First draft on"))
    moment = MomentField(label=_("Time of the talk"), required=False)
    category = forms.ChoiceField(
        label=_("Category"), choices=[("writing", _("Writing")), ("design", _("Design"))]
    )
    message = forms.CharField(label=_("Message"), widget=Lines, max_length=2000, required=False)
    inspection = forms.ChoiceField(
        label=_("Inspection period"),
        widget=forms.RadioSelect,
        choices=[("14", _("14 days")), ("7", _("7 days"))],
    )
    channels = forms.MultipleChoiceField(
        label=_("How to be told"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("mail", _("By mail")), ("push", _("Push"))],
    )
    agree = forms.BooleanField(label=_("I have read the terms"))
    files = FilesField(label=_("Files"), required=False)
    overall = forms.IntegerField(label=_("Overall"), min_value=1, max_value=5)
