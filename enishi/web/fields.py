"""Form fields with the right box: whole yen, a day, a moment in Tokyo."""

import unicodedata
from datetime import date, datetime
from typing import Any

from django import forms

from enishi.kit.days import TOKYO


class YenField(forms.IntegerField):
    """Whole yen as people type it: 12300, 12,300, １２，３００円, ¥12,300."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value)
            value = value.strip().removesuffix("円").removeprefix("¥").replace(",", "").strip()
        return super().to_python(value)


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class MomentField(forms.DateTimeField):
    """A moment as a wall clock in Tokyo shows it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(TOKYO).strftime("%Y-%m-%dT%H:%M")
        return value
