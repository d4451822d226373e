"""The parts of the form of a post that come in rows: steps of the plan, questions to applicants."""

import re
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enishi.jobs.policy import MILESTONES_MOST, QUESTIONS_MOST, PlannedMilestone, Terms
from enishi.jobs.refusals import SENTENCES
from enishi.web.fields import DayField, YenField
from enishi.web.forms import Form

# Where a fault of a whole part is shown.
FIRST_BOX = {"milestones": "milestone_1_title", "questions": "question_1"}
PARTS = ("title", "amount", "due_on")
SPARE = 3
LEAST = 5
ROW = re.compile(r"(milestone|question)_([1-9][0-9]?)(?:_(title|amount|due_on))?")


class RowsForm(Form):
    """Rows are numbered boxes. They count in the order in which they were sent, because the page
    lets one take a row out and put another at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = self._highest("milestone")
        self.steps = range(1, min(MILESTONES_MOST, max(LEAST, most + SPARE)) + 1)
        for number in self.steps:
            self.fields[f"milestone_{number}_title"] = forms.CharField(
                label=gettext("Milestone %(number)s") % {"number": number},
                max_length=120,
                required=False,
            )
            self.fields[f"milestone_{number}_amount"] = YenField(
                label=_("Amount"), required=False, min_value=0
            )
            self.fields[f"milestone_{number}_due_on"] = DayField(
                label=_("Delivery date"), required=False
            )
        for number in range(1, QUESTIONS_MOST + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=gettext("Question %(number)s") % {"number": number},
                max_length=200,
                required=False,
            )

    def milestone_rows(self) -> list[list[BoundField]]:
        return [[self[f"milestone_{n}_{part}"] for part in PARTS] for n in self.steps]

    def question_rows(self) -> list[BoundField]:
        return [self[f"question_{n}"] for n in range(1, QUESTIONS_MOST + 1)]

    def clean(self) -> dict[str, Any]:
        """A step of the plan is complete or not there at all."""
        cleaned = super().clean() or self.cleaned_data
        for number in self.steps:
            boxes = [f"milestone_{number}_{part}" for part in PARTS]
            if not any(cleaned.get(box) not in (None, "") for box in boxes):
                continue
            for box in boxes:
                if cleaned.get(box) in (None, "") and box not in self.errors:
                    self.add_error(box, SENTENCES["job.missing"])
        return cleaned

    def milestones(self) -> tuple[PlannedMilestone, ...]:
        found = []
        for number in self._sent("milestone"):
            values = [self.cleaned_data.get(f"milestone_{number}_{part}") for part in PARTS]
            if all(value not in (None, "") for value in values):
                found.append(PlannedMilestone(*values))
        return tuple(found)

    def questions(self) -> tuple[str, ...]:
        sent = (self.cleaned_data.get(f"question_{n}", "") for n in self._sent("question"))
        return tuple(question for question in sent if question)

    def _sent(self, kind: str) -> list[int]:
        return list(
            dict.fromkeys(number for known, number in self._rows(self.data) if known == kind)
        )

    def _highest(self, kind: str) -> int:
        given = self.data if self.is_bound else self.initial
        filled = [number for known, number in self._rows(given) if known == kind]
        return max(filled, default=0) if not self.is_bound else max(filled, default=0) - SPARE

    def _rows(self, names: Any) -> list[tuple[str, int]]:
        matches = (ROW.fullmatch(name) for name in names)
        return [(match[1], int(match[2])) for match in matches if match]


def initial(terms: Terms) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for number, step in enumerate(terms.milestones, start=1):
        for part in PARTS:
            values[f"milestone_{number}_{part}"] = getattr(step, part)
    for number, question in enumerate(terms.questions, start=1):
        values[f"question_{number}"] = question
    return values
