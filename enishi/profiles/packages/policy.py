"""What a service package may say (VE2). Pure, whole yen."""

from dataclasses import dataclass

from enishi.profiles.limits import DAYS_MOST, OPTIONS_MOST, ROUNDS_MOST


@dataclass(frozen=True, slots=True)
class Option:
    """Something beside: for so many yen, and so many days more."""

    name: str
    price: int
    extra_days: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What is had for the price. Days are those from the money in escrow to the delivery."""

    title: str
    delivered: str
    subcategory: str
    price: int
    days: int
    revision_rounds: int
    options: tuple[Option, ...] = ()


def faults(terms: Terms, *, least: int, most: int) -> dict[str, str]:
    """What is wrong, by field: the code of its sentence. `least` and `most` bound a price."""
    prices = [option.price for option in terms.options]
    whole = terms.price + sum(prices)
    found = {
        "title": (not terms.title, "package.title_missing"),
        "delivered": (not terms.delivered, "package.delivered_missing"),
        "subcategory": (not terms.subcategory, "package.kind_missing"),
        "price": (not least <= terms.price <= most, "package.price_out_of_range"),
        "days": (not 1 <= terms.days <= DAYS_MOST, "package.days_wrong"),
        "revision_rounds": (
            not 0 <= terms.revision_rounds <= ROUNDS_MOST,
            "package.rounds_wrong",
        ),
        "options": (not _options_fit(terms.options) or whole > most, "package.options_wrong"),
    }
    return {field: code for field, (is_wrong, code) in found.items() if is_wrong}


def _options_fit(options: tuple[Option, ...]) -> bool:
    names = [option.name for option in options]
    is_named = all(names) and len(set(names)) == len(names)
    fit = [one.price > 0 and 0 <= one.extra_days <= DAYS_MOST for one in options]
    return len(options) <= OPTIONS_MOST and is_named and all(fit)
