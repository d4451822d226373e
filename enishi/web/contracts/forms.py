"""Shapes of what people type about a deal; the rules stand in the commands."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from enishi.contracts.policy import OfferTerms
from enishi.files.fields import FilesField
from enishi.jobs.policy import PlannedMilestone
from enishi.web.fields import DayField, YenField
from enishi.web.terms import choices

REASONS = [
    ("illness", _("Illness or care")),
    ("urgent", _("Something urgent")),
    ("client_wish", _("The client's wish")),
    ("other", _("Another reason")),
]
ROWS = 20


class OfferForm(forms.Form):
    """Everything an order must state (CO1). Milestones are numbered rows of three boxes."""

    title = forms.CharField(label=_("Title"), max_length=120)
    content = forms.CharField(label=_("What to do"), max_length=10_000, widget=forms.Textarea)
    deliverable = forms.CharField(
        label=_("What to deliver and in which form"), max_length=4_000, widget=forms.Textarea
    )
    acceptance = forms.CharField(
        label=_("When a delivery is accepted"), max_length=4_000, widget=forms.Textarea
    )
    place = forms.CharField(label=_("Place of work"), max_length=120)
    inspection_days = forms.IntegerField(label=_("Days for inspection"), min_value=1)
    revision_rounds = forms.IntegerField(
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspection_days"].max_value = settings.RULES.inspection_days  # type: ignore[attr-defined]  # an IntegerField
        self.row_count = self._rows()
        for number in range(1, self.row_count + 1):
            needed = number == 1
            self.fields[f"milestone_{number}_title"] = forms.CharField(
                label=_("Title of the milestone"), max_length=120, required=needed
            )
            self.fields[f"milestone_{number}_amount"] = YenField(
                label=_("Amount"),
                required=needed,
                min_value=settings.RULES.price_least,
                max_value=settings.RULES.price_most,
            )
            self.fields[f"milestone_{number}_due_on"] = DayField(
                label=_("Delivery date"), required=needed
            )

    def _rows(self) -> int:
        """As many rows as were sent or are to be filled in, and two empty ones."""
        names = list(self.data or self.initial)
        numbers = [int(n.split("_")[1]) for n in names if _is_row(n)]
        return min(ROWS, max(numbers, default=1) + (0 if self.data else 2))

    def rows(self) -> list[tuple[Any, Any, Any]]:
        numbers = range(1, self.row_count + 1)
        parts = ("title", "amount", "due_on")
        return [tuple(self[f"milestone_{n}_{part}"] for part in parts) for n in numbers]  # type: ignore[misc]  # three parts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, self.row_count + 1):
            keys = [f"milestone_{number}_{part}" for part in ("title", "amount", "due_on")]
            given = [key for key in keys if cleaned.get(key) not in (None, "")]
            if given and len(given) < len(keys):
                for key in keys:
                    if key not in given and key not in self.errors:
                        self.add_error(key, _("Please fill in this item."))
        return cleaned

    def terms(self) -> OfferTerms:
        values = self.cleaned_data
        rows = [
            PlannedMilestone(
                values[f"milestone_{n}_title"],
                values[f"milestone_{n}_amount"],
                values[f"milestone_{n}_due_on"],
            )
            for n in range(1, self.row_count + 1)
            if values.get(f"milestone_{n}_title")
        ]
        plain = {name: value for name, value in values.items() if not _is_row(name)}
        return OfferTerms(**plain, milestones=tuple(rows))


def _is_row(name: str) -> bool:
    parts = name.split("_")
    return parts[0] == "milestone" and len(parts) > 2 and parts[1].isascii() and parts[1].isdigit()


class DeliveryForm(forms.Form):
    body = forms.CharField(
        label=_("Message with the delivery"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea,
    )
    files = FilesField(label=_("Files"), required=False, max_files=20)


class RevisionForm(forms.Form):
    reason = forms.CharField(
        label=_("What should be changed, and why"), max_length=4_000, widget=forms.Textarea
    )
    due_on = DayField(label=_("New delivery date"))


class ChangeForm(forms.Form):
    due_on = DayField(label=_("New delivery date"))
    reason_kind = forms.ChoiceField(label=_("Reason"), choices=REASONS, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("In your own words"), max_length=2_000, widget=forms.Textarea)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason (the other side reads it)"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea,
    )
