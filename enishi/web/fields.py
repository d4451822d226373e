"""Form fields with the right box: a number, whole yen, a day, a moment in Tokyo. What people type
in another width, with signs or grouping, is no mistake."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enishi.kit.days import TOKYO

LONGEST = 100  # characters of any number or day; more is not looked at
BETWEEN = str.maketrans("", "", ", \t\u3000")
# Days beyond these cannot be counted with: a span or a time zone would leave the calendar.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
DAY = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*", re.ASCII)


def in_one_width(value: Any) -> Any:
    return unicodedata.normalize("NFKC", value) if _is_short(value) else value


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def plain_number(value: Any) -> Any:
    """１，２００ and 1 200 as 1200: full width, grouping and spaces are no mistakes."""
    if not isinstance(value, str):
        return value
    # Too long to be a number: said here, before anyone tries to read it as one.
    return in_one_width(value).translate(BETWEEN) if _is_short(value) else "?"


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


class YenField(NumberField):
    """Whole yen as people type it: 12300, 12,300, １２，３００円, ¥12,300."""

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = plain_number(value).removesuffix("円").removeprefix("¥")
        return super().to_python(value)


def _within(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError(_("Please check the year of this day."), code="year")


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: Any) -> date | None:
        value = in_one_width(value)
        if isinstance(value, str) and (parts := DAY.fullmatch(value)):
            value = "-".join(parts.groups())
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            _within(value)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class MomentField(forms.DateTimeField):
    """A moment as a wall clock in Tokyo shows it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        value = in_one_width(value)
        try:
            return super().to_python(value)
        except OverflowError:  # the first and the last day of the calendar, moved to Tokyo
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value:
            _within(value.date())

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(TOKYO).strftime("%Y-%m-%dT%H:%M")
        return value
