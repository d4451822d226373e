"""The form of a post (JO4, JO5) and the small ones around it. Rules stand in `jobs.policy`."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from enishi.files.fields import FilesField
from enishi.jobs import policy
from enishi.jobs.catalogue import read as catalogue
from enishi.jobs.policy import Terms
from enishi.jobs.refusals import SENTENCES
from enishi.web import terms as words
from enishi.web.fields import DayField, DecimalField, NumberField, YenField
from enishi.web.forms import Form, Lines
from enishi.web.jinja import language

from . import rows, skills

PRICINGS = (
    ("fixed", _("A fixed price for the whole work")),
    ("per_unit", _("A price for each piece, and how many")),
)
NEEDED = ("title", "subcategory", "description", "deliverables", "acceptance", "expected_hours")
NEEDED += ("headcount", "apply_by", "delivery_on", "place", "address", "revision_rounds")
FIXED_ONLY = ("budget_min", "budget_max")
PER_UNIT_ONLY = ("unit", "unit_price", "quantity")
QUANTITY_MOST = 10_000_000
# What makes no sense even in a draft.
ALWAYS = ("job.range_reversed", "job.price_too_high", "job.question_twice")
LIMIT_MOST = 10_000
LONG = 10_000


def text(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **more)


def lines(label: Any, most: int, count: int) -> forms.CharField:
    return text(label, most, widget=Lines(attrs={"rows": count}))


class JobForm(rows.RowsForm):
    """A draft may be incomplete; a post that opens, or is open, may not (`strict`)."""

    use_required_attribute = False

    title = text(_("Title"), 120)
    subcategory = forms.ChoiceField(label=_("Kind of work"), required=False)
    description = lines(_("What to do"), LONG, 8)
    deliverables = lines(_("What to deliver and in which form"), 4000, 3)
    acceptance = lines(_("When a delivery is accepted"), 4000, 3)
    skills = skills.SkillsField(label=_("Skills that help"), required=False)
    pricing = forms.ChoiceField(
        label=_("How is it priced?"), choices=PRICINGS, widget=forms.RadioSelect
    )
    budget_min = YenField(label=_("Lowest price"), required=False, min_value=0)
    budget_max = YenField(label=_("Price"), required=False, min_value=0)
    unit = forms.ChoiceField(label=_("Counted in"), required=False)
    unit_price = DecimalField(
        label=_("Price for one"),
        required=False,
        min_value=0,
        max_value=settings.RULES.price_most,
        decimal_places=2,
    )
    quantity = NumberField(
        label=_("How many"), required=False, min_value=0, max_value=QUANTITY_MOST
    )
    expected_hours = DecimalField(
        label=_("Hours you expect it to take"),
        required=False,
        min_value=0,
        max_value=99_999,
        decimal_places=2,
    )
    headcount = NumberField(
        label=_("How many people"),
        required=False,
        min_value=1,
        max_value=settings.RULES.headcount_most,
    )
    apply_by = DayField(label=_("Application deadline"), required=False)
    delivery_on = DayField(label=_("Delivery date"), required=False)
    place = text(_("Place of work"), 120)
    rights = forms.ChoiceField(label=_("Rights"), choices=words.choices("rights"))
    rights_note = text(_("About the rights"), 300)
    confidentiality = forms.ChoiceField(
        label=_("Confidentiality"), choices=words.choices("confidentiality")
    )
    confidentiality_note = text(_("About confidentiality"), 300)
    ai_use = forms.ChoiceField(label=_("Use of AI"), choices=words.choices("ai_use"))
    ai_use_note = text(_("About the use of AI"), 300)
    revision_rounds = NumberField(
        label=_("Rounds of revision in the price"), required=False, min_value=0, max_value=20
    )
    continuing = forms.BooleanField(
        label=_("More work is intended if this goes well"), required=False
    )
    stop_after = NumberField(
        label=_("Pause after this many applications"),
        required=False,
        min_value=1,
        max_value=LIMIT_MOST,
    )
    stop_at_good = NumberField(
        label=_("Pause when this many are on your shortlist"),
        required=False,
        min_value=1,
        max_value=LIMIT_MOST,
    )
    address = text(_("Address of the recruiter"), 200)
    files = FilesField(label=_("Attachments"), required=False)

    def __init__(self, *args: Any, strict: bool = True, today: date, **kwargs: Any) -> None:
        self.strict, self.today = strict, today
        super().__init__(*args, **kwargs)
        spoken = language()
        kinds = [
            (category.name(spoken), [(one.id, one.name(spoken)) for one in category.subcategories])
            for category in catalogue.categories()
        ]
        # Two units may share a word; the one a draft already has stays to be chosen.
        kept = self.data.get("unit") or self.initial.get("unit")
        by_word = {unit.name(spoken): unit.id for unit in reversed(catalogue.units())}
        by_word |= {unit.name(spoken): unit.id for unit in catalogue.units() if unit.id == kept}
        units = [(identity, word) for word, identity in by_word.items()][::-1]
        self.fields["subcategory"].choices = [("", _("Please choose")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["unit"].choices = [("", _("Please choose")), *units]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["skills"].choices = skills.choices()  # type: ignore[attr-defined]  # a ChoiceField
        for name in NEEDED:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = SENTENCES["job.missing"]

    @property
    def skill_groups(self) -> list[Any]:
        return skills.groups(self["skills"])

    def full_clean(self) -> None:
        """A draft may leave out what its form marks as needed."""
        for name in NEEDED:
            self.fields[name].required = self.strict
        super().full_clean()
        for name in NEEDED:
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.terms = self._terms(cleaned)
        found = policy.faults(self.terms, today=self.today, rules=settings.RULES)
        for name, code in found.items():
            box = rows.FIRST_BOX.get(name, name)
            if box not in self.errors and (self.strict or code in ALWAYS):
                self.add_error(box, SENTENCES[code])
        return cleaned

    def _terms(self, cleaned: Mapping[str, Any]) -> Terms:
        plain = Terms()
        values = {
            name: cleaned[name] for name in asdict(plain) if cleaned.get(name) not in (None, "", [])
        }
        gone = FIXED_ONLY if values.get("pricing") == "per_unit" else PER_UNIT_ONLY
        for name in gone:
            values.pop(name, None)
        values["skills"] = tuple(cleaned.get("skills", ()))
        values["revision_rounds"] = cleaned.get("revision_rounds") or 0
        return Terms(**values | {"milestones": self.milestones(), "questions": self.questions()})


def initial(terms: Terms) -> dict[str, Any]:
    """What the form shows of a post. A price that follows from units or a plan is not typed."""
    values = {name: getattr(terms, name) for name in asdict(terms)}
    if terms.pricing == "per_unit" or terms.milestones:
        values["budget_min"] = values["budget_max"] = None
    elif terms.budget_min == terms.budget_max:
        values["budget_min"] = None
    values = {name: None if value == 0 else value for name, value in values.items()}
    values["revision_rounds"] = terms.revision_rounds
    for name in ("unit_price", "expected_hours"):
        if isinstance(values[name], Decimal):
            values[name] = f"{values[name]:f}".rstrip("0").rstrip(".")
    return values | rows.initial(terms)


class ReopenForm(Form):
    """The new days of a closed post. Its plan moves along with the delivery date."""

    apply_by = DayField(label=_("Application deadline"))
    delivery_on = DayField(label=_("Delivery date"))

    def __init__(self, *args: Any, terms: Terms, today: date, **kwargs: Any) -> None:
        self.terms, self.today = terms, today
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            terms = policy.rescheduled(self.terms, **cleaned)
            found = policy.faults(terms, today=self.today, rules=settings.RULES)
            for name, code in found.items():
                self.add_error(name if name in self.fields else None, SENTENCES[code])
        return cleaned


class QuestionForm(Form):
    text = forms.CharField(
        label=_("Your question"),
        max_length=1000,
        widget=Lines(attrs={"rows": 3}),
        error_messages={"required": SENTENCES["job.missing"]},
    )
    is_public = forms.BooleanField(required=False)


class AnswerForm(Form):
    text = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        widget=Lines(attrs={"rows": 3}),
        error_messages={"required": SENTENCES["job.missing"]},
    )
