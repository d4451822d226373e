"""What others read of a portfolio. Who left or is suspended shows nothing: the page asks first."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from enishi.kit.compiled import compiled
from enishi.profiles.models import Piece, PieceImage


def pieces(account_id: int) -> list[Piece]:
    """In the order their owner gave them."""
    found: list[Piece] = _pieces(account_id)
    return found


@compiled
def _pieces(account_id: int) -> QuerySet[Piece]:
    return Piece.objects.filter(account_id=account_id).order_by("position")


def pieces_of(account_ids: Iterable[int]) -> dict[int, list[Piece]]:
    """The pieces of many people in their owners' order, in one query; without any, absent."""
    found: dict[int, list[Piece]] = {}
    for one in _pieces_of(list(account_ids)):
        found.setdefault(one.account_id, []).append(one)
    return found


@compiled
def _pieces_of(account_ids: list[int]) -> QuerySet[Piece]:
    return Piece.objects.filter(account_id__in=account_ids).order_by("account_id", "position")


def images(pieces: Iterable[int]) -> dict[int, list[PieceImage]]:
    """The pictures of some pieces in their order, in one query."""
    found: dict[int, list[PieceImage]] = {}
    for one in _images(list(pieces)):
        found.setdefault(one.piece_id, []).append(one)
    return found


@compiled
def _images(piece_ids: list[int]) -> QuerySet[PieceImage]:
    return PieceImage.objects.filter(piece_id__in=piece_ids).order_by("piece_id", "position")


def kept(account_id: int, keys: Iterable[UUID]) -> dict[UUID, PieceImage]:
    """One's own pictures among these ids, those of a piece or still waiting."""
    own = PieceImage.objects.filter(account_id=account_id, pk__in=list(keys))
    return {one.pk: one for one in own}


def shows_image(account_id: int, image_id: UUID) -> bool:
    """Whether this stored file hangs in the portfolio, and so is open to all."""
    return PieceImage.objects.filter(
        account_id=account_id, pk=image_id, piece__isnull=False
    ).exists()
