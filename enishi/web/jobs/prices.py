"""What a post pays, in words and by the hour."""

from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.contracts import pay
from enishi.jobs.catalogue import read as catalogue
from enishi.kit.rules import Rules
from enishi.web import formats
from enishi.web.drawing import Market
from enishi.web.jinja import language


class Priced(Protocol):
    """A post, or a line of the list."""

    pricing: str
    budget_min: int
    budget_max: int
    unit: str
    unit_price: Decimal | None
    quantity: int | None
    expected_hours: Decimal | None


def price(job: Priced) -> str:
    """The whole price of one contract: 20,000〜25,000円 or ¥20,000–¥25,000."""
    low, high = job.budget_min, job.budget_max
    if not high:  # a draft
        return "—"
    if low == high:
        return formats.yen(high, language())
    if language() == "ja":
        return f"{formats.grouped(low)}〜{formats.yen(high, 'ja')}"
    return f"{formats.yen(low, 'en')}–{formats.yen(high, 'en')}"


def reckoning(job: Priced) -> str:
    """How a per-unit price comes about: 1 文字あたり1.5円 × 3,000文字. Empty for a fixed price."""
    if job.pricing != "per_unit" or job.unit_price is None or not job.quantity:
        return ""
    facts = {
        "price": decimal(job.unit_price),
        "unit": unit_name(job.unit),
        "quantity": formats.grouped(job.quantity),
        "units": unit_name(job.unit, count=job.quantity),
    }
    return _("%(price)s yen a %(unit)s × %(quantity)s %(units)s") % facts


def unit_name(unit_id: str, *, count: int = 1) -> str:
    known = {unit.id: unit for unit in catalogue.units()}
    return known[unit_id].name(language(), count=count) if unit_id in known else unit_id


def decimal(number: Decimal) -> str:
    """1.50 as 1.5, 1200.00 as 1,200."""
    return f"{number:,f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:,f}"


def hours(number: Decimal) -> str:
    written = decimal(number)
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if written == "1" else 2) % {
        "hours": written
    }


def hourly(job: Priced, *, rules: Rules) -> tuple[int, int] | None:
    """Yen an hour after fees, lowest and highest (JO7); None while the hours are not stated."""
    if not job.expected_hours or not job.budget_max:
        return None
    return (
        int(_after_fees(job.budget_min, rules) / job.expected_hours),
        int(_after_fees(job.budget_max, rules) / job.expected_hours),
    )


def _after_fees(amount: int, rules: Rules) -> int:
    return pay.pay(amount, paid_before=0, withheld=False, rules=rules).net


def hourly_bar(
    job: Priced, *, rules: Rules, market: Market | None = None, basis: str = ""
) -> dict[str, object] | None:
    """The parameters of the yen_hour component. Where no market range is known, the fact alone."""
    found = hourly(job, rules=rules)
    if found is None:
        return None
    beside = {"market": market} if market else {"alone": True}
    return {"low": found[0], "high": found[1], "basis": basis, **beside}
