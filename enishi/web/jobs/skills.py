"""Choosing skills from the catalogue, grouped by field of work."""

from itertools import islice

from django import forms
from django.forms.boundfield import BoundField, BoundWidget

from enishi.jobs.catalogue import read as catalogue
from enishi.web.jinja import language


def names(skill_ids: list[str]) -> list[str]:
    """In the reader's language; ids that the catalogue no longer knows are left out."""
    known = {skill.id: skill for skill in catalogue.skills()}
    return [known[each].name(language()) for each in skill_ids if each in known]


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    spoken = language()
    return [
        (
            category.name(spoken),
            [
                (skill.id, skill.name(spoken))
                for skill in catalogue.skills()
                if skill.category_id == category.id
            ],
        )
        for category in catalogue.categories()
    ]


class SkillsField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


def groups(bound: BoundField) -> list[tuple[str, list[BoundWidget]]]:
    """The boxes of each field of work."""
    boxes = iter(bound)
    return [(name, list(islice(boxes, len(options)))) for name, options in bound.field.choices]
