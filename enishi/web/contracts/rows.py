"""The milestones of an offer as numbered rows of three boxes. They count in the order in which
they were sent: the page lets one take a row out and put another at the end."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enishi.jobs.policy import MILESTONES_MOST, PlannedMilestone
from enishi.web.fields import DayField, YenField
from enishi.web.forms import Form

PARTS = ("title", "amount", "due_on")
SPARE = 3
ROW = re.compile(r"milestone_([1-9][0-9]?)_(title|amount|due_on)")


def is_row(name: str) -> bool:
    return ROW.fullmatch(name) is not None


class PlanForm(Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = _numbers(self.data if self.is_bound else self.initial)
        spare = 0 if self.is_bound else SPARE
        self.numbers = range(1, min(MILESTONES_MOST, max(sent, default=1) + spare) + 1)
        for number in self.numbers:
            self.fields[f"milestone_{number}_title"] = forms.CharField(
                label=gettext("Milestone %(number)s") % {"number": number},
                max_length=120,
                required=False,
            )
            self.fields[f"milestone_{number}_amount"] = YenField(
                label=_("Amount"),
                required=False,
                min_value=settings.RULES.price_least,
                max_value=settings.RULES.price_most,
            )
            self.fields[f"milestone_{number}_due_on"] = DayField(
                label=_("Delivery date"), required=False
            )

    def milestone_rows(self) -> list[list[BoundField]]:
        return [[self[f"milestone_{n}_{part}"] for part in PARTS] for n in self.numbers]

    def clean(self) -> dict[str, Any]:
        """A milestone is complete or not there at all, and one is there."""
        cleaned = super().clean() or self.cleaned_data
        begun = [number for number in self.numbers if self._is_begun(number)]
        for number in begun or list(self.numbers)[:1]:
            for part in PARTS:
                box = f"milestone_{number}_{part}"
                if cleaned.get(box) in (None, "") and box not in self.errors:
                    self.add_error(box, _("Please fill in this item."))
        return cleaned

    def _is_begun(self, number: int) -> bool:
        boxes = [f"milestone_{number}_{part}" for part in PARTS]
        return any(
            self.cleaned_data.get(box) not in (None, "") or box in self.errors for box in boxes
        )

    def planned(self) -> tuple[PlannedMilestone, ...]:
        found = []
        for number in dict.fromkeys(_numbers(self.data)):
            values = [self.cleaned_data.get(f"milestone_{number}_{part}") for part in PARTS]
            if all(value not in (None, "") for value in values):
                found.append(PlannedMilestone(*values))
        return tuple(found)


def _numbers(names: Any) -> list[int]:
    matches = (ROW.fullmatch(name) for name in names)
    return [int(match[1]) for match in matches if match]
