"""What a box says when what was typed will not do: our own sentences for the checks of Django's
fields, and two checks of ours. A field that has its own sentence keeps it."""

import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import BaseValidator
from django.utils.translation import gettext_lazy as _

Check = Callable[[str], None]
MISSING = _("Please fill in this item.")
BROKEN = _("Some characters arrived broken (�). Please write them again.")
LEAST = _("Please enter %(limit_value)s or more.")
MOST = _("Please enter %(limit_value)s or less.")
NUMBER = {"min_value": LEAST, "max_value": MOST}

# The first class of a field that is named here says what its checks say.
WORDS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (
        forms.DecimalField,
        NUMBER
        | {
            "invalid": _("Please enter a number, such as 1200 or 0.5."),
            "max_digits": _("This number is too long."),
            "max_whole_digits": _("This number is too long."),
            "max_decimal_places": _("Please enter %(max)s decimal places at most."),
        },
    ),
    (forms.IntegerField, NUMBER | {"invalid": _("Please enter a whole number, such as 1200.")}),
    (forms.DateTimeField, {"invalid": _("Please enter a day and a time.")}),
    (forms.DateField, {"invalid": _("Please enter a day, such as 2026-04-15.")}),
    (
        forms.EmailField,
        {"invalid": _("Please check the address. It should look like name@example.jp.")},
    ),
    (forms.BooleanField, {"required": _("Please tick this to go on.")}),
    (
        forms.ChoiceField,
        {
            "required": _("Please choose one."),
            "invalid_choice": _("Please choose one of those shown."),
            "invalid_list": _("Please choose from those shown."),
        },
    ),
    (
        forms.FileField,
        {
            "required": _("Please choose a file."),
            "missing": _("Please choose a file."),
            "invalid": _("Please choose the file once more. It did not arrive."),
            "empty": _("This file is empty."),
            "max_length": _("The name of this file is too long."),
        },
    ),
)
TEXT = {
    "max_length": _("%(show_value)s characters are too many: %(limit_value)s fit."),
    "min_length": _("%(show_value)s characters are too few: it takes %(limit_value)s."),
    "null_characters_not_allowed": BROKEN,
}


def speak(field: forms.Field) -> None:
    """Give a form's own copy of a field our sentences and our checks."""
    known = next((words for kind, words in WORDS if isinstance(field, kind)), {})
    usual = _usual(field)
    for code, sentence in ({"required": MISSING} | TEXT | known).items():
        if field.error_messages.get(code, usual.get(code)) == usual.get(code):
            field.error_messages[code] = sentence
    if isinstance(field, forms.IntegerField):
        _group(field)
    elif isinstance(field, forms.CharField):
        field.validators += [check for check in _of_text(field) if check not in field.validators]


def _of_text(field: forms.Field) -> list[Check]:
    return [readable, visible] if field.required else [readable]


def _usual(field: forms.Field) -> dict[str, Any]:
    """What Django itself would say."""
    found: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        found |= getattr(kind, "default_error_messages", {})
    return found


class Grouped(int):
    """A limit as a sentence names it: 100,000,000."""

    def __str__(self) -> str:
        return f"{int(self):,}"


def _group(field: forms.Field) -> None:
    for check in field.validators:
        if isinstance(check, BaseValidator) and type(check.limit_value) is int:
            check.limit_value = Grouped(check.limit_value)


def readable(value: str) -> None:
    """Bytes that were no UTF-8 have become �, and would be kept like that."""
    if "\ufffd" in value:
        raise forms.ValidationError(BROKEN, code="broken")


def visible(value: str) -> None:
    """A box that must be filled in is not filled in by letters nobody can see: spaces of any width
    and joiners alone are nothing."""
    if not any(not one.isspace() and unicodedata.category(one) != "Cf" for one in value):
        raise forms.ValidationError(MISSING, code="required")
