"""What all forms share: numbers as people type them, and a refusal shown where one was typing."""

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest

from enishi.kit.errors import Refused

from .middleware import say


def refusal_on(form: forms.BaseForm, refused: Refused, fields: Mapping[str, str] = {}) -> None:
    """Put the sentence of a refusal on a bound form, so that what was typed is kept. `fields`
    names the box that a code is about; any other code stands over the whole form."""
    field = fields.get(refused.code)
    form.add_error(field if field in form.fields else None, say(refused))


def plain_number(value: Any) -> Any:
    """１，２００ and 1 200 as 1200: full width, grouping and spaces are no mistakes."""
    if not isinstance(value, str):
        return value
    written = unicodedata.normalize("NFKC", value)
    return "".join(character for character in written if character not in ", \t\u3000")


class NumberField(forms.IntegerField):
    """A whole number."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_number(value))


class DecimalField(forms.DecimalField):
    """A number that may have decimals."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(plain_number(value))


def sent(request: HttpRequest, *, files: bool = False) -> tuple[Any, ...]:
    """The positional arguments of a form: what was posted, also when that is nothing at all."""
    if request.method != "POST":
        return ()
    return (request.POST, request.FILES) if files else (request.POST,)
