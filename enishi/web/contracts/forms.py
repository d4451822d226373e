"""Shapes of what people type about a deal; the rules stand in the commands."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from enishi.contracts.policy import OfferTerms
from enishi.files.fields import FilesField
from enishi.web.fields import DayField, NumberField
from enishi.web.forms import Form, Lines
from enishi.web.terms import choices

from .rows import PlanForm, is_row

REASONS = [
    ("illness", _("Illness or care")),
    ("urgent", _("Something urgent")),
    ("client_wish", _("The client's wish")),
    ("other", _("Another reason")),
]


class OfferForm(PlanForm):
    """Everything an order must state (CO1), with the milestones as rows."""

    use_required_attribute = False

    title = forms.CharField(label=_("Title"), max_length=120)
    content = forms.CharField(label=_("What to do"), max_length=10_000, widget=Lines)
    deliverable = forms.CharField(
        label=_("What to deliver and in which form"), max_length=4_000, widget=Lines
    )
    acceptance = forms.CharField(
        label=_("When a delivery is accepted"), max_length=4_000, widget=Lines
    )
    place = forms.CharField(label=_("Place of work"), max_length=120)
    inspection_days = NumberField(
        label=_("Days for inspection"), min_value=1, max_value=settings.RULES.inspection_days
    )
    revision_rounds = NumberField(
        label=_("Rounds of revision in the price"), min_value=0, max_value=20
    )
    rights = forms.ChoiceField(label=_("Rights"), choices=choices("rights"))
    rights_note = forms.CharField(label=_("About the rights"), max_length=300, required=False)
    confidentiality = forms.ChoiceField(
        label=_("Confidentiality"), choices=choices("confidentiality")
    )
    confidentiality_note = forms.CharField(
        label=_("About confidentiality"), max_length=300, required=False
    )
    ai_use = forms.ChoiceField(label=_("Use of AI"), choices=choices("ai_use"))
    ai_use_note = forms.CharField(label=_("About the use of AI"), max_length=300, required=False)

    def terms(self) -> OfferTerms:
        values = self.cleaned_data
        plain = {name: value for name, value in values.items() if not is_row(name)}
        return OfferTerms(**plain, milestones=self.planned())


class DeliveryForm(Form):
    body = forms.CharField(
        label=_("Message with the delivery"),
        max_length=10_000,
        required=False,
        widget=Lines,
    )
    files = FilesField(label=_("Files"), required=False, max_files=20)


class RevisionForm(Form):
    reason = forms.CharField(
        label=_("What should be changed, and why"), max_length=4_000, widget=Lines
    )
    due_on = DayField(label=_("New delivery date"))


class ChangeForm(Form):
    due_on = DayField(label=_("New delivery date"))
    reason_kind = forms.ChoiceField(label=_("Reason"), choices=REASONS, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("In your own words"), max_length=2_000, widget=Lines)


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Reason (the other side reads it)"),
        max_length=1_000,
        required=False,
        widget=Lines,
    )
