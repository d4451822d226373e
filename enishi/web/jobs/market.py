"""What is paid elsewhere for the same kind of work, in words: from which source, and how many."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.jobs.catalogue import read as catalogue
from enishi.jobs.catalogue.guides import guides
from enishi.trust.market import HOUR, Range
from enishi.web.drawing import Market
from enishi.web.formats import year_month
from enishi.web.jinja import language
from enishi.web.profiles.words import amount

from . import prices

Ranges = Mapping[tuple[str, str], Range]


def by_the_hour(subcategory: str, ranges: Ranges) -> Market | None:
    """For the bar beside a post, in whole yen."""
    found = ranges.get((subcategory, HOUR))
    if found is None:
        return None
    return Market(_whole(found.low), _whole(found.median), _whole(found.high), found.sample)


def told(subcategory: str, unit: str, ranges: Ranges) -> list[tuple[str, str]]:
    """What to compare a post with, each with its source. `unit` is empty for a fixed price."""
    hour, piece = ranges.get((subcategory, HOUR)), ranges.get((subcategory, unit))
    lines = []
    if hour:
        lines.append((_("Market by the hour, after fees"), _range(hour)))
    if piece and unit not in ("", HOUR):
        name = _("Market for one %(unit)s") % {"unit": prices.unit_name(unit)}
        lines.append((name, _range(piece)))
    if not lines and catalogue.category_of(subcategory):
        lines.append((_("Market"), _guide(subcategory)))
    return lines


def _range(found: Range) -> str:
    said = ngettext(
        "%(range)s, median %(median)s: the middle half of %(num)s finished contract of this kind "
        "in the last %(days)s days",
        "%(range)s, median %(median)s: the middle half of %(num)s finished contracts of this kind "
        "in the last %(days)s days",
        found.sample,
    )
    low, median, high = (
        Decimal(_whole(each)) if found.unit == HOUR else each
        for each in (found.low, found.median, found.high)
    )
    return said % {
        "range": amount(low, high),
        "median": amount(median, None),
        "num": found.sample,
        "days": settings.RULES.trust_window_days,
    }


def _guide(subcategory: str) -> str:
    """Where too few contracts are finished: what others publish, else the catalogue's own guide."""
    least = settings.RULES.market_least
    known = guides().get(subcategory)
    if known:
        said = _(
            "Fewer than %(least)s contracts of this kind are finished here, so there is no range "
            "yet. A guide from elsewhere: %(range)s for one %(unit)s (%(site)s, as found in "
            "%(month)s)."
        )
        return said % {
            "least": least,
            "range": amount(known.low, known.high),
            "unit": prices.unit_name(known.unit),
            "site": known.site,
            "month": year_month(known.collected, language()),
        }
    kind = catalogue.subcategory(subcategory)
    said = _(
        "Fewer than %(least)s contracts of this kind are finished here, so there is no range yet. "
        "The catalogue's own guide, which is no statistic: %(range)s for one %(unit)s."
    )
    return said % {
        "least": least,
        "range": amount(kind.price_low, kind.price_high),
        "unit": prices.unit_name(kind.unit_id),
    }


def _whole(yen: Decimal) -> int:
    return int(yen.quantize(Decimal(1), ROUND_HALF_UP))
