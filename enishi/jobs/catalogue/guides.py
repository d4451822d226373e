"""Prices that others have published, dated and with their sources: shown where this market has too
few finished contracts of its own (JO7)."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

_FILE = Path(__file__).with_name("price_guides.json")


@dataclass(frozen=True, slots=True)
class Guide:
    """Yen for one unit of a subcategory, and where that was found in which month."""

    subcategory: str
    unit: str
    low: Decimal
    high: Decimal
    source: str
    collected: date  # the first day of the month

    @property
    def site(self) -> str:
        return urlsplit(self.source).hostname or self.source


@cache
def guides() -> dict[str, Guide]:
    """By subcategory."""
    kept = json.loads(_FILE.read_text(encoding="utf-8"))
    collected = date.fromisoformat(f"{kept['collected']}-01")
    found = (
        Guide(
            row["subcategory"],
            row["unit"],
            Decimal(row["low"]),
            Decimal(row["high"]),
            row["source"],
            collected,
        )
        for row in kept["guides"]
    )
    return {one.subcategory: one for one in found}
