"""What work there is: categories, subcategories, units and skills, read once and known by id.

Prices and hours are illustrative guides for one unit. `withheld` decides CO10 by subcategory.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("catalogue.json")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a price is counted in; English counts in one and many, Japanese does not."""

    id: str
    ja: str
    en: str
    en_many: str

    def name(self, language: str, *, count: int = 1) -> str:
        if language == "ja":
            return self.ja
        return self.en if count == 1 else self.en_many


@dataclass(frozen=True, slots=True)
class Subcategory:
    id: str
    category_id: str
    ja: str
    en: str
    unit_id: str
    price_low: Decimal
    price_typical: Decimal
    price_high: Decimal
    hours_least: Decimal
    hours_most: Decimal
    hours_per: str  # "unit" or "contract"
    withholding: str  # the kind of pay for papers, "" when the act names none
    withholding_reason: str

    def name(self, language: str) -> str:
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    ja: str
    en: str
    description_ja: str
    description_en: str
    subcategories: tuple[Subcategory, ...]

    def name(self, language: str) -> str:
        return self.ja if language == "ja" else self.en

    def description(self, language: str) -> str:
        return self.description_ja if language == "ja" else self.description_en


@dataclass(frozen=True, slots=True)
class Skill:
    id: str
    category_id: str
    ja: str
    en: str

    def name(self, language: str) -> str:
        return self.ja if language == "ja" else self.en


@cache
def categories() -> tuple[Category, ...]:
    return tuple(_category(record) for record in _catalogue()["categories"])


@cache
def units() -> tuple[Unit, ...]:
    return tuple(Unit(**record) for record in _catalogue()["units"])


@cache
def skills() -> tuple[Skill, ...]:
    return tuple(_skill(record) for record in _catalogue()["skills"])


def category(category_id: str) -> Category:
    return _categories_by_id()[category_id]


def subcategory(subcategory_id: str) -> Subcategory:
    return _subcategories_by_id()[subcategory_id]


def unit(unit_id: str) -> Unit:
    return _units_by_id()[unit_id]


def skill(skill_id: str) -> Skill:
    return _skills_by_id()[skill_id]


def withheld(subcategory_id: str) -> bool:
    """Whether article 204 of the income tax act names this kind of pay (CO10)."""
    return withholding_kind(subcategory_id) != ""


def withholding_kind(subcategory_id: str) -> str:
    """manuscript, design, translation, lecture or other; empty when nothing is withheld."""
    return subcategory(subcategory_id).withholding


def category_of(subcategory_id: str) -> str:
    """The category's id, or an empty string for a subcategory nobody knows."""
    known = _subcategories_by_id().get(subcategory_id)
    return known.category_id if known else ""


@cache
def _catalogue() -> dict[str, Any]:
    catalogue: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return catalogue


@cache
def _categories_by_id() -> dict[str, Category]:
    return {known.id: known for known in categories()}


@cache
def _subcategories_by_id() -> dict[str, Subcategory]:
    return {known.id: known for parent in categories() for known in parent.subcategories}


@cache
def _units_by_id() -> dict[str, Unit]:
    return {known.id: known for known in units()}


@cache
def _skills_by_id() -> dict[str, Skill]:
    return {known.id: known for known in skills()}


def _category(record: dict[str, Any]) -> Category:
    return Category(
        id=record["id"],
        ja=record["ja"],
        en=record["en"],
        description_ja=record["description_ja"],
        description_en=record["description_en"],
        subcategories=tuple(_subcategory(each, record["id"]) for each in record["subcategories"]),
    )


def _subcategory(record: dict[str, Any], category_id: str) -> Subcategory:
    low, typical, high = (Decimal(yen) for yen in record["price"])
    least, most = (Decimal(hours) for hours in record["hours"])
    return Subcategory(
        id=record["id"],
        category_id=category_id,
        ja=record["ja"],
        en=record["en"],
        unit_id=record["unit"],
        price_low=low,
        price_typical=typical,
        price_high=high,
        hours_least=least,
        hours_most=most,
        hours_per=record["hours_per"],
        withholding=record["withholding"],
        withholding_reason=record["withholding_reason"],
    )


def _skill(record: dict[str, Any]) -> Skill:
    return Skill(id=record["id"], category_id=record["category"], ja=record["ja"], en=record["en"])
