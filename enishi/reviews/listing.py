"""What the comments about a person speak of, and the filter that a reader asks for."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from enishi.kit.compiled import compiled

from . import policy, themes
from .lexicon import THEMES, TONES
from .models import Review, Ruling
from .sieve import Sieve
from .themes import Tally

READ = 200  # the newest comments; older ones say little of how somebody works today


def themes_of(account_id: int, side: str) -> list[Tally]:
    """Themes of the newest published comments that are shown, in one query."""
    return themes.tallied(_heard(account_id, side))


def _heard(account_id: int, side: str) -> Iterator[tuple[int, list[str]]]:
    """What was kept of these comments; what was not is heard on the spot."""
    for number, comment, lexicon, kept in _comments(account_id, side):
        is_known = lexicon == themes.LEXICON
        yield number, kept if is_known else themes.tones(comment)


@compiled
def _comments(account_id: int, side: str) -> QuerySet[Review, Any]:
    about = Review.objects.published().filter(subject_id=account_id, side=side)
    shown = about.exclude(pk__in=Ruling.objects.not_shown()).order_by("-published_at", "-pk")
    return shown.values_list("pk", "comment", "spoken__lexicon", "spoken__themes")[:READ]


def asked(account_id: int, side: str, *, stars: str, low: str, theme: str, tone: str) -> Sieve:
    """The filter of an address, as far as its parts are known words; the rest is left out."""
    found: tuple[int, ...] = ()
    theme = theme if theme in THEMES else ""
    tone = tone if theme and tone in TONES else ""
    if theme:
        found = _speaking(account_id, side, theme, tone)
    return Sieve(
        stars=int(stars) if stars in ("1", "2", "3", "4", "5") else 0,
        low=low if low in policy.ITEMS else "",
        theme=theme,
        tone=tone,
        found=found,
    )


def _speaking(account_id: int, side: str, theme: str, tone: str) -> tuple[int, ...]:
    wanted = {f"{theme}:{one}" for one in ([tone] if tone else TONES)}
    return tuple(number for number, heard in _heard(account_id, side) if wanted & {*heard})
