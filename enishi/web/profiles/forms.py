"""The two sides of a profile as one fills them in. Rules stand in `profiles.policy`."""

from itertools import islice
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundWidget
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enishi.files import images
from enishi.jobs.catalogue import read as catalogue
from enishi.kit.errors import Refused
from enishi.profiles import policy
from enishi.web.fields import NumberField
from enishi.web.forms import Form, Lines
from enishi.web.middleware import say

from .prefectures import NAMES

PAYEE_CHOICES = (
    ("individual", _("As a person (also with a business of my own)")),
    ("company", _("As a company")),
)
KIND_CHOICES = (
    ("person", _("A person without a business")),
    ("sole_trader", _("A sole trader")),
    ("organisation", _("A company or another organisation")),
)
PAYER_CHOICES = (
    ("company", _("As a company or organisation: income tax is withheld where the law says so")),
    (
        "sole_trader_payroll",
        _("As a sole trader with employees: income tax is withheld where the law says so"),
    ),
    ("individual", _("As a person or sole trader without employees: nothing is withheld")),
)
SHOWN_CHOICES = (
    ("full", _("The full address")),
    ("city", _("Prefecture and city; the rest only to applicants I choose")),
)


class Picture(Form):
    """Shared by both sides: a new picture, or none any more."""

    image = forms.FileField(label=_("Picture"), required=False)
    drop_image = forms.BooleanField(label=_("Remove the present picture"), required=False)

    def clean_image(self) -> UploadedFile | None:
        """Tried here, so that a picture no one can read does not cost what was typed beside it."""
        image: UploadedFile | None = self.cleaned_data["image"]
        if image:
            try:
                images.square(image, images.SIDES[0])
            except Refused as refused:
                raise forms.ValidationError(say(refused)) from None
            image.seek(0)
        return image


class WorkerForm(Picture):
    field_order = ["image", "drop_image", "introduction"]

    introduction = forms.CharField(
        label=_("About me"),
        max_length=policy.TEXT_MOST,
        required=False,
        widget=Lines(attrs={"rows": 10}),
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills"), required=False, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.CharField(label=_("When I work"), max_length=policy.LINE_MOST, required=False)
    weekly_hours = NumberField(
        label=_("Hours I can give in a week"),
        min_value=1,
        max_value=policy.HOURS_A_WEEK_MOST,
        required=False,
    )
    rate_guide = forms.CharField(
        label=_("My rates as a guide"), max_length=policy.LINE_MOST, required=False
    )
    payee_kind = forms.ChoiceField(
        label=_("How are you paid?"), choices=PAYEE_CHOICES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = get_language() or "ja"
        self.fields["skills"].choices = [
            (category.name(spoken), [(skill.id, skill.name(spoken)) for skill in known])
            for category, known in _skills_by_category()
        ]

    @property
    def skill_groups(self) -> list[tuple[str, list[BoundWidget]]]:
        """The boxes of each field of work."""
        boxes = iter(self["skills"])
        groups = self.fields["skills"].choices
        return [(name, list(islice(boxes, len(options)))) for name, options in groups]

    def clean_skills(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["skills"]
        if len(chosen) > policy.SKILLS_MOST:
            raise forms.ValidationError(
                _("Please choose %(most)s skills at most."), params={"most": policy.SKILLS_MOST}
            )
        return chosen


class ClientForm(Picture):
    field_order = ["image", "drop_image", "kind", "payer_kind", "about", "orders"]

    kind = forms.ChoiceField(
        label=_("What are you?"), choices=KIND_CHOICES, widget=forms.RadioSelect
    )
    payer_kind = forms.ChoiceField(
        label=_("How do you pay?"), choices=PAYER_CHOICES, widget=forms.RadioSelect
    )
    about = forms.CharField(
        label=_("About us, and what we usually order"),
        max_length=policy.TEXT_MOST,
        required=False,
        widget=Lines(attrs={"rows": 8}),
    )
    orders = forms.MultipleChoiceField(
        label=_("Fields of work we usually order from"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    recruiter_name = forms.CharField(
        label=_("Name of the recruiter"), max_length=120, required=False
    )
    contact_person = forms.CharField(label=_("Person in charge"), max_length=60, required=False)
    prefecture = forms.ChoiceField(
        label=_("Prefecture"), choices=[("", "―"), *NAMES.items()], required=False
    )
    city = forms.CharField(label=_("City or ward"), max_length=60, required=False)
    address = forms.CharField(
        label=_("Street, number, building"), max_length=policy.LINE_MOST, required=False
    )
    address_shown = forms.ChoiceField(
        label=_("What do signed-in workers see of the address?"),
        choices=SHOWN_CHOICES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = get_language() or "ja"
        self.fields["orders"].choices = [
            (category.id, category.name(spoken)) for category in catalogue.categories()
        ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        kind, payer_kind = answers.get("kind"), answers.get("payer_kind")
        if kind and payer_kind and not policy.payer_fits(kind, payer_kind):
            self.add_error("payer_kind", _("This does not fit what you are. See the note below."))
        return answers


def _skills_by_category() -> list[tuple[catalogue.Category, list[catalogue.Skill]]]:
    return [
        (category, [skill for skill in catalogue.skills() if skill.category_id == category.id])
        for category in catalogue.categories()
    ]
