"""By what a paper is found again: its amount and the names in it, in one spelling. Pure."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from . import papers


def amount(kind: str, body: Mapping[str, Any]) -> int | None:
    """The yen that a paper is about, tax included; a delivery note is about none."""
    within = papers.KINDS[kind].amount
    found: Any = body
    for name in within:
        found = found[name]
    return found if within else None


def names(body: Mapping[str, Any]) -> str:
    """Everyone whom the record names as a party, one a line."""
    sides = [body[side] for side in ("client", "worker") if side in body]
    sides += [row["worker"] for row in body.get("rows", ())]
    return "\n".join(dict.fromkeys(folded(side["name"]) for side in sides))


def folded(text: str) -> str:
    """Width, case and spaces make no difference: ＡＣＭＥ 商店 is found by acme商店."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
