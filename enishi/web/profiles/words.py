"""What the parts of a profile are called, in the reader's language."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.jobs.catalogue import read as catalogue
from enishi.profiles.models import Piece, Rate
from enishi.web import formats
from enishi.web.jinja import language
from enishi.web.jobs import prices

LEVELS = {
    "native": gettext_lazy("Native"),
    "business": gettext_lazy("For business"),
    "daily": gettext_lazy("For daily life"),
    "basic": gettext_lazy("Basics"),
}
USUAL = ("ja", "en", "zh", "ko", "vi", "fr", "de", "es", "pt")  # come first in the list


@cache
def language_names(spoken: str) -> dict[str, str]:
    """By their ISO 639-1 codes: the usual ones first, then as a dictionary has them."""
    known = Locale(spoken).languages
    names = {code: name for code, name in known.items() if len(code) == 2 and code.isalpha()}
    rest = sorted(names.keys() - set(USUAL), key=lambda code: names[code])
    return {code: names[code] for code in (*USUAL, *rest)}


def language_name(code: str) -> str:
    return language_names(language()).get(code, code)


def skill_names(skill_ids: Iterable[str]) -> list[str]:
    """Names of the skills the catalogue still knows."""
    names = {skill.id: skill.name(language()) for skill in catalogue.skills()}
    return [names[skill_id] for skill_id in skill_ids if skill_id in names]


def category_name(category_id: str) -> str:
    known = {one.id: one.name(language()) for one in catalogue.categories()}
    return known.get(category_id, "")


def kind_name(subcategory_id: str) -> str:
    """The kind of work of a package; empty if the catalogue no longer knows it."""
    if not catalogue.category_of(subcategory_id):
        return ""
    return catalogue.subcategory(subcategory_id).name(language())


def years(piece: Piece) -> str:
    """2024年, 2022〜2024年; 2024, 2022–2024."""
    first, last = piece.year_from, piece.year_to
    if first is None:
        return ""
    if last in (None, first):
        return f"{first}年" if language() == "ja" else str(first)
    return f"{first}〜{last}年" if language() == "ja" else f"{first}–{last}"


def rate(row: Rate) -> tuple[str, str]:
    """What a row of the rate guide is for, and how much: 1.5–3 yen."""
    unit = _("One %(unit)s") % {"unit": prices.unit_name(row.unit)}
    return unit, amount(row.yen_from, row.yen_to)


def amount(low: Decimal, high: Decimal | None) -> str:
    """1.5円, 1.5〜3円; 1.5 yen, 1.5–3 yen."""
    first = prices.decimal(low)
    between, unit = ("〜", "円") if language() == "ja" else ("–", " yen")
    last = "" if high is None or high == low else between + prices.decimal(high)
    return first + last + unit


def months(first: object, last: object | None) -> str:
    """2019年4月〜2023年3月, or up to now."""
    begun = formats.year_month(first, language())
    ended = formats.year_month(last, language()) if last else _("the present")
    return f"{begun}〜{ended}" if language() == "ja" else f"{begun} – {ended}"
