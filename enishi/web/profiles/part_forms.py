"""The small forms of a worker's profile: experience, qualifications, languages, weeks, rates."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enishi.jobs.catalogue import read as catalogue
from enishi.profiles import limits
from enishi.profiles.background.policy import Held, Stage
from enishi.profiles.refusals import SENTENCES
from enishi.profiles.text import line
from enishi.profiles.working.policy import Price, Week
from enishi.web import formats
from enishi.web.fields import LAST_DAY, DecimalField, NumberField
from enishi.web.forms import Form, Lines
from enishi.web.jinja import language

from . import words

MONTH = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?\s*", re.ASCII)
EARLIEST = date(1950, 1, 1)
LONGEST = 20
CHOOSE = _("Please choose")


class LineField(forms.CharField):
    """One line in one spelling, with nothing in it that turns the line around (I7)."""

    def clean(self, value: Any) -> str:
        return line(super().clean(value))


class MonthField(forms.CharField):
    """A month as people type it: 2019-04, 2019/4, 2019年4月. Its value: the first of the month."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        found = (
            MONTH.fullmatch(unicodedata.normalize("NFKC", text)) if len(text) < LONGEST else None
        )
        if not found or not 1 <= int(found[2]) <= 12:
            raise forms.ValidationError(_("Please enter a month, such as 2019-04."))
        year = int(found[1])
        if not EARLIEST.year <= year <= LAST_DAY.year:
            raise forms.ValidationError(_("Please check the year of this month."))
        return date(year, int(found[2]), 1)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class ExperienceForm(Form):
    started_on = MonthField(label=_("First month"))
    ended_on = MonthField(label=_("Last month"), required=False)
    place = LineField(label=_("Where it was"), max_length=limits.TITLE_MOST, required=False)
    role = LineField(label=_("Your role"), max_length=limits.TITLE_MOST)
    text = forms.CharField(
        label=_("What you did"),
        max_length=limits.EXPERIENCE_TEXT_MOST,
        required=False,
        widget=Lines(attrs={"rows": 5}),
    )

    def stage(self) -> Stage:
        return Stage(**self.cleaned_data)


class QualificationForm(Form):
    name = LineField(label=_("Qualification"), max_length=limits.TITLE_MOST)
    issuer = LineField(label=_("Issued by"), max_length=limits.TITLE_MOST, required=False)
    obtained_on = MonthField(label=_("Obtained in"), required=False)
    number = LineField(
        label=_("Number of the certificate"), max_length=limits.NUMBER_MOST, required=False
    )

    def held(self) -> Held:
        return Held(**self.cleaned_data)


class Rows(Form):
    """Numbered rows of boxes. Empty rows are nothing; of a row that was begun the first part must
    be there."""

    use_required_attribute = False
    parts: tuple[str, ...] = ()
    most = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.most + 1):
            for name, field in self.row_fields(number).items():
                self.fields[f"{name}_{number}"] = field

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        raise NotImplementedError  # each form has its own

    def rows(self) -> list[list[BoundField]]:
        return [[self[f"{part}_{n}"] for part in self.parts] for n in range(1, self.most + 1)]

    def filled(self) -> list[tuple[int, list[Any]]]:
        """The rows in which something stands, by their numbers."""
        rows = [
            (n, [self.cleaned_data.get(f"{part}_{n}") for part in self.parts])
            for n in range(1, self.most + 1)
        ]
        return [(n, row) for n, row in rows if any(value not in (None, "") for value in row)]

    def misses(self, name: str, code: str) -> None:
        if name not in self.errors:
            self.add_error(name, SENTENCES[code])


class LanguagesForm(Rows):
    parts = ("code", "level")
    most = limits.LANGUAGES_MOST

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        names = words.language_names(language())
        return {
            "code": forms.ChoiceField(
                label=gettext("Language %(number)s") % {"number": number},
                choices=[("", CHOOSE), *names.items()],
                required=False,
            ),
            "level": forms.ChoiceField(
                label=_("How well"), choices=[("", CHOOSE), *words.LEVELS.items()], required=False
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = set()
        for number, (code, level) in self.filled():
            if not code:
                self.misses(f"code_{number}", "language.missing")
            elif not level:
                self.misses(f"level_{number}", "language.level_missing")
            if code and code in seen:
                self.misses(f"code_{number}", "language.twice")
            seen.add(code)
        return cleaned

    def spoken(self) -> list[tuple[str, str]]:
        return [(code, level) for _number, (code, level) in self.filled()]


class RatesForm(Rows):
    parts = ("unit", "price_from", "price_to")
    most = limits.RATES_MOST

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        spoken = language()
        by_word = {unit.name(spoken): unit.id for unit in reversed(catalogue.units())}
        kept = str(self.initial.get(f"unit_{number}") or self.data.get(f"unit_{number}") or "")
        by_word |= {unit.name(spoken): unit.id for unit in catalogue.units() if unit.id == kept}
        units = [(identity, word) for word, identity in by_word.items()][::-1]
        return {
            "unit": forms.ChoiceField(
                label=gettext("Row %(number)s: for one") % {"number": number},
                choices=[("", CHOOSE), *units],
                required=False,
            ),
            "price_from": _price(_("Lowest rate")),
            "price_to": _price(_("Highest rate")),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number, (unit, low, high) in self.filled():
            if not unit:
                self.misses(f"unit_{number}", "rate.unit_missing")
            if not low or (high is not None and high < low):
                self.misses(f"price_from_{number}", "rate.reversed")
        return cleaned

    def prices(self) -> list[Price]:
        return [Price(unit, low, high) for _number, (unit, low, high) in self.filled()]


def _price(label: Any) -> DecimalField:
    return DecimalField(
        label=label,
        required=False,
        min_value=Decimal(0),
        max_value=limits.RATE_MOST,
        max_digits=10,
        decimal_places=2,
    )


class WeeksForm(Rows):
    """One box for each of the weeks that are shown. An empty one: the usual hours."""

    parts = ("hours",)
    most = limits.WEEKS

    def __init__(self, *args: Any, weeks: list[Week], **kwargs: Any) -> None:
        self.weeks = weeks
        super().__init__(*args, **kwargs)

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        week = self.weeks[number - 1]
        span = {
            "first": formats.md(week.on, language()),
            "last": formats.md(week.ends_on, language()),
        }
        least, most = limits.HOURS_OF_A_WEEK
        return {
            "hours": NumberField(
                label=gettext("%(first)s to %(last)s") % span,
                min_value=least,
                max_value=most,
                required=False,
            )
        }

    def said(self) -> dict[date, int]:
        return {self.weeks[number - 1].on: hours for number, (hours,) in self.filled()}
