"""A paper's record as a page shows it: its days and moments as such."""

from datetime import date, datetime
from typing import Any


def readable(facts: dict[str, Any]) -> dict[str, Any]:
    """The record with days and times read; everything else stays as it was written."""
    return {name: _read(value, name) for name, value in facts.items()}


def _read(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return readable(value)
    if isinstance(value, list):
        return [_read(inner, "") for inner in value]
    if value is None:
        return None
    if value == "":
        return ""
    if name.endswith("_at"):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name.endswith("_on") else value
