"""Facts as they are written in a sentence: money, days, names. Missing ones become plain words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from enishi.kit.days import TOKYO

from .jobs import ITEMS
from .verifications import CHECKS

WEEKDAYS_JA = "月火水木金土日"


class Figures(dict[str, str]):
    """The facts of one letter in one language, for %-formatting."""

    def __init__(self, facts: Mapping[str, Any], language: str) -> None:
        facts = {key: value for key, value in facts.items() if value not in (None, "")}
        super().__init__({key: _plain(value) for key, value in facts.items()})
        for keys, written in WRITTEN.items():
            for key in self.keys() & set(keys):
                self[key] = written(facts[key], language)
        self["piece"] = self.get("milestone_title") or self["title"]
        self["changes"] = _named(facts.get("difference") or [], language)

    def __missing__(self, key: str) -> str:
        words = {
            "client": _("The client"),
            "worker": _("The worker"),
            "by": _("The other side"),
            "organisation": _("An organisation"),
            "asker": _("Someone"),
            "title": _("this work"),
            "amount": _("the amount"),
            "net": _("the amount after fees"),
        }
        return words.get(key, "—")


def _named(items: list[str], language: str) -> str:
    """The changed items of a post, each once."""
    names = dict.fromkeys(_(ITEMS.get(item, item)) for item in items)
    return ("、" if language == "ja" else ", ").join(names)


def _plain(value: object) -> str:
    """One line: a title with a line break must not split a subject."""
    return " ".join(str(value).split())


def yen(amount: int, language: str) -> str:
    return f"{amount:,}円" if language == "ja" else f"¥{amount:,}"


def day(value: date, language: str) -> str:
    if language == "ja":
        return f"{value.year}年{value.month}月{value.day}日({WEEKDAYS_JA[value.weekday()]})"
    return f"{value:%a} {value.day} {value:%b} {value.year}"


def moment(value: datetime, language: str) -> str:
    """Midnight in Tokyo ends the day before: 24:00."""
    local = value.astimezone(TOKYO)
    hour = f"{local.hour}:{local.minute:02}"
    if hour == "0:00":
        local, hour = local - timedelta(days=1), "24:00"
    written = day(local.date(), language)
    return f"{written} {hour}" if language == "ja" else f"{written}, {hour}"


WRITTEN: dict[tuple[str, ...], Callable[[Any, str], str]] = {
    ("check",): lambda value, spoken: _(CHECKS.get(value, value)),
    (
        *("amount", "net", "escrow", "refunded", "owed", "effect", "withheld"),
        *("arrived", "missing", "whole"),
    ): lambda value, spoken: yen(int(value), spoken),
    ("due", "answer_by", "then"): lambda value, spoken: moment(
        datetime.fromisoformat(value), spoken
    ),
    ("due_on", "due_on_before", "until", "transfer_on"): lambda value, spoken: day(
        date.fromisoformat(value), spoken
    ),
}
