"""A signal ready to be drawn: its value in words, how much its sample says, and what it is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from enishi.trust.signals import BY_KEY, Definition, Facts, Signal, chosen
from enishi.web.formats import percent, span, ymd
from enishi.web.jinja import language
from enishi.web.ranks.words import RANKS
from enishi.web.reviews.themes import NAMES

from . import words

HIGHEST = 5
BARRED = ("mean", "share", "replies", "answers")  # what a bar can show


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the comments, with the way to the very comments."""

    name: Any
    good: int
    bad: int
    good_href: str
    bad_href: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A signal on the page that explains it. `done` of `whole` is its bar; None: no bar."""

    key: str
    name: str
    value: str
    sample: str
    size: str  # full | some | few: how the ring looks
    strength: str
    formula: str
    made_of: str
    window: str
    improve: str
    done: float | None
    whole: int
    themes: list[Theme]


def rows(signals: list[Signal]) -> list[dict[str, Any]]:
    """As the rows of a trust card."""
    return [_row(one) for one in signals]


def explained(signals: list[Signal], account_id: int, side: str) -> list[Explained]:
    return [_explained(one, account_id, side) for one in signals]


def _row(one: Signal) -> dict[str, Any]:
    known = BY_KEY[one.key]
    return {
        "name": _(known.name),
        "value": value(one, known),
        "sample": sample(one, known),
        "size": words.SIZES[one.strength],
        "says": words.strength(known, one.strength),
        "made_of": words.said(known.made_of),
        "window": words.window(known),
        "improve": words.said(known.improve),
    }


def _explained(one: Signal, account_id: int, side: str) -> Explained:
    known = BY_KEY[one.key]
    whole = HIGHEST if known.kind == "mean" else 1
    is_drawn = known.kind in BARRED and one.value is not None and one.strength != "too_few"
    return Explained(
        key=one.key,
        name=_(known.name),
        value=value(one, known),
        sample=sample(one, known),
        size=words.SIZES[one.strength],
        strength=words.strength(known, one.strength),
        formula=words.said(known.formula),
        made_of=words.said(known.made_of),
        window=words.window(known),
        improve=words.said(known.improve),
        done=float(one.value) if is_drawn and one.value is not None else None,
        whole=whole,
        themes=_themes(one, account_id, side),
    )


def in_a_line(one: Signal) -> tuple[str, str]:
    """Name and value, for the short form in lists."""
    known = BY_KEY[one.key]
    return _(known.name), value(one, known)


def answered(facts: Facts) -> str:
    """How a client answers applicants, with its sample (JO7)."""
    (one,) = chosen(facts, ["answers"])
    known = BY_KEY[one.key]
    if not one.sample:
        return _("Nobody's application here has been answered or has lapsed yet.")
    told = {
        "value": value(one, known),
        "sample": sample(one, known),
        "days": settings.RULES.trust_window_days,
    }
    return _("%(value)s, of %(sample)s in the last %(days)s days") % told


def value(one: Signal, known: Definition) -> str:
    """The value in words. Of too few samples no mean and no share is made."""
    match known.kind:
        case "day":
            return ymd(one.day, language()) if one.day else _("not verified")
        case "rank":
            return str(RANKS[one.rank])
        case "count":
            return _("none") if not one.part else str(one.part)
        case "themes":
            return str(NAMES[one.themes[0].theme]) if one.themes else _nothing(one)
        case "mean":
            return _nothing(one) or f"{float(one.value or 0):.1f}"
    return _share(one, known)


def sample(one: Signal, known: Definition) -> str:
    """What the value comes from, in few words."""
    if not known.counts:
        return ""
    if known.kind == "replies" and one.sample:
        facts = {"within": one.part, "count": one.sample, "hours": settings.RULES.reply_hours}
        return _("%(within)s of %(count)s within %(hours)s hours") % facts
    return words.counted(known.counts, one.sample)


def days(one: Signal) -> str:
    """The median time to an answer, or nothing where too few say it."""
    if one.span is None or one.strength == "too_few":
        return ""
    return _("half within %(span)s") % {"span": span(one.span, language())}


def _share(one: Signal, known: Definition) -> str:
    if not one.sample:
        return _("nothing yet")
    if known.kind == "replies" and days(one):
        return days(one)
    if one.strength == "too_few":
        return _("%(part)s of %(sample)s") % {"part": one.part, "sample": one.sample}
    share = percent(float(one.value or 0))
    return f"{share} · {days(one)}" if days(one) else share


def _nothing(one: Signal) -> str:
    if not one.sample:
        return _("nothing yet")
    return _("too few to say") if one.strength == "too_few" else ""


def _themes(one: Signal, account_id: int, side: str) -> list[Theme]:
    address = reverse("person_reviews", args=[account_id])

    def href(theme: str, tone: str) -> str:
        return f"{address}?{urlencode({'as': side, 'theme': theme, 'tone': tone})}"

    return [
        Theme(
            NAMES[each.theme],
            each.good,
            each.bad,
            href(each.theme, "good"),
            href(each.theme, "bad"),
        )
        for each in one.themes
    ]
