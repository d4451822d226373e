"""What a treasurer writes to propose an act on money, one form a kind."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from enishi.web.fields import YenField
from enishi.web.forms import Form, Lines

DIRECTIONS = [
    ("to_person", _("From the market to what this person is to be paid")),
    ("from_person", _("From what this person is to be paid to the market")),
    ("to_provider", _("The provider holds less than the ledger says: the market bears it")),
    ("from_provider", _("The provider holds more than the ledger says: the market keeps it")),
]


MOST = settings.RULES.money_acts_day_limit
HOWS = [
    ("explained", _("Explained: both books are right, and stay as they are")),
    ("corrected", _("Corrected: our ledger follows the provider, the market bears or keeps it")),
]


REFUND_HOWS = [
    ("again", _("Sent once more, the way it was paid")),
    (
        "by_hand",
        _("Given back from the market's own account, and the market keeps this sum"),
    ),
]


class ReasonForm(Form):
    use_required_attribute = False

    reason = forms.CharField(label=_("Reason"), max_length=1_000, widget=Lines)

    def facts(self) -> dict[str, Any]:
        """What the act needs besides its reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class RefusalForm(ReasonForm):
    reason = forms.CharField(label=_("Reason of the refusal"), max_length=1_000, widget=Lines)


class SplitForm(ReasonForm):
    field_order = ("part", "reason")

    part = YenField(
        label=_("Part of the price for the worker, tax included"), min_value=0, max_value=MOST
    )


class CorrectionForm(ReasonForm):
    field_order = ("direction", "amount", "reason")

    direction = forms.ChoiceField(
        label=_("From where to where"), choices=DIRECTIONS, widget=forms.RadioSelect
    )
    amount = YenField(label=_("Amount"), min_value=1, max_value=MOST)


class DifferenceForm(ReasonForm):
    field_order = ("how", "reason")

    how = forms.ChoiceField(label=_("How it ends"), choices=HOWS, widget=forms.RadioSelect)


class RefundForm(ReasonForm):
    field_order = ("how", "reason")

    how = forms.ChoiceField(
        label=_("How it goes back"), choices=REFUND_HOWS, widget=forms.RadioSelect
    )


FORMS: dict[str, type[ReasonForm]] = {
    "split": SplitForm,
    "write_off": ReasonForm,
    "correction": CorrectionForm,
    "hold_payouts": ReasonForm,
    "resume_payouts": ReasonForm,
    "close_difference": DifferenceForm,
    "failed_refund": RefundForm,
}
