"""The parts of a worker's profile in the shapes the pages draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from enishi.kit.days import day_of
from enishi.profiles import queries as profiles
from enishi.profiles.background import queries as background
from enishi.profiles.background.queries import Credential
from enishi.profiles.models import Experience, Piece, PieceImage
from enishi.profiles.portfolio import queries as portfolio
from enishi.profiles.working import policy
from enishi.profiles.working import queries as working
from enishi.profiles.working.policy import Week
from enishi.verification.policy import title_key
from enishi.verification.queries import qualifications

from . import words


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece in a list: with its first picture, and how many there are."""

    piece: Piece
    cover: PieceImage | None
    count: int
    years: str
    category: str


def pieces(found: Sequence[Piece]) -> list[Shown]:
    """All pictures in one query, and none when there are no pieces."""
    images = portfolio.images([one.pk for one in found]) if found else {}
    return [_shown(one, images.get(one.pk, [])) for one in found]


def _shown(piece: Piece, images: list[PieceImage]) -> Shown:
    cover = images[0] if images else None
    years, category = words.years(piece), words.category_name(piece.category)
    return Shown(piece, cover, len(images), years, category)


def experience(account_id: int) -> list[tuple[str, Experience]]:
    """Each with its months in words."""
    told = background.experience(account_id)
    return [(words.months(one.started_on, one.ended_on), one) for one in told]


def credentials(account_id: int) -> list[tuple[Credential, date | None]]:
    """Each with the day on which the office saw a certificate of just this name (VE1)."""
    named = background.credentials(account_id)
    checked = qualifications(account_id) if named else {}
    return [(one, checked.get(title_key(one.name))) for one in named]


def languages(account_id: int) -> list[tuple[str, str]]:
    spoken = background.languages(account_id)
    return [(words.language_name(one.code), str(words.LEVELS[one.level])) for one in spoken]


def rates(account_id: int) -> list[tuple[str, str]]:
    return [words.rate(row) for row in working.rates(account_id)]


def weeks(account_id: int, *, at: datetime) -> list[Week]:
    """The weeks ahead; none when nothing was ever said of hours."""
    usual, said = profiles.weekly_hours(account_id), working.said(account_id)
    found = policy.weeks(day_of(at), usual=usual, said=said)
    return found if any(week.hours is not None for week in found) else []
