"""How an offer differs from its post, in words: the stored values are codes, days and sums."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import ngettext
from markupsafe import Markup, escape

from enishi.web import formats, terms
from enishi.web.jinja import language

PLANNED = re.compile(r"(?P<title>.*): (?P<amount>[0-9,]+) \((?P<day>[0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Words:
    item: str
    name: str
    posted: Markup
    offered: Markup


def in_words(rows: Iterable[Mapping[str, Any]]) -> list[Words]:
    """One line for each difference, in the order of the offer."""
    return [
        Words(
            row["item"],
            terms.item_name(row["item"]),
            _value(row["item"], row["posted"]),
            _value(row["item"], row["offered"]),
        )
        for row in rows
    ]


def _value(item: str, text: str) -> Markup:
    if item == "deliver_on":
        return escape(_day(text))
    if item == "amount" and text.replace(",", "").isdigit():
        return escape(formats.yen(int(text.replace(",", "")), language()))
    if item in ("inspection_days", "revision_rounds") and text.isdigit():
        return escape(_count(item, int(text)))
    if item == "milestones":
        text = "\n".join(_planned(line) for line in text.splitlines())
    return Markup("<br>").join(terms.term_words(item, text).splitlines())


def _planned(line: str) -> str:
    """One milestone as `contracts.order` wrote it down."""
    found = PLANNED.fullmatch(line)
    if not found:
        return line
    amount = formats.yen(int(found["amount"].replace(",", "")), language())
    return f"{found['title']}: {amount} ({_day(found['day'])})"


def _day(text: str) -> str:
    try:
        return formats.ymd(date.fromisoformat(text), language())
    except ValueError:
        return text


def _count(item: str, number: int) -> str:
    if item == "inspection_days":
        return ngettext("%(num)s day", "%(num)s days", number) % {"num": number}
    return ngettext("%(num)s round", "%(num)s rounds", number) % {"num": number}
