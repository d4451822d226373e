"""What all forms share: our own words, numbers as people type them, and a refusal shown where one
was typing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from enishi.kit.errors import Refused

from . import faults
from .fields import DecimalField as DecimalField
from .fields import NumberField as NumberField
from .middleware import say


class Form(forms.Form):
    """Every form of ours: nothing that its boxes say comes from the framework."""

    def full_clean(self) -> None:
        for field in self.fields.values():
            faults.speak(field)
        super().full_clean()


class Lines(forms.Textarea):
    """Several lines. A browser sends each break as two characters; it was typed as one, and counts
    as one."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def refusal_on(form: forms.BaseForm, refused: Refused, fields: Mapping[str, str] = {}) -> None:
    """Put the sentence of a refusal on a bound form, so that what was typed is kept. `fields`
    names the box that a code is about; any other code stands over the whole form."""
    field = fields.get(refused.code)
    form.add_error(field if field in form.fields else None, say(refused))


def sent(request: HttpRequest, *, files: bool = False) -> tuple[Any, ...]:
    """The positional arguments of a form: what was posted, also when that is nothing at all."""
    if request.method != "POST":
        return ()
    return (request.POST, request.FILES) if files else (request.POST,)
