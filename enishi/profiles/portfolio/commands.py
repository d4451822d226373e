"""Every write to a portfolio."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.files import images as pictures
from enishi.files.models import StoredFile
from enishi.kit.errors import Refused
from enishi.profiles import limits
from enishi.profiles.models import Piece, PieceImage

from . import policy
from .policy import Shown

Images = Sequence[tuple[UUID, str]]  # in their order, each with the words for who cannot see it


@transaction.atomic
def keep_image(uploaded: Any, *, by: Account, at: datetime) -> PieceImage:
    """A picture comes in with a form. It waits for its piece, so that a form that comes back has
    not lost it; of those that wait too long the oldest go."""
    stored, (width, height) = pictures.store_whole(uploaded, by=by, at=at)
    _lock(by)  # only now: drawing takes long enough for deals of this person to wait for it
    kept = PieceImage.objects.create(
        file=stored, account=by, width=width, height=height, kept_at=at
    )
    waiting = PieceImage.objects.filter(account=by, piece=None).order_by("-kept_at", "-pk")
    _forget(list(waiting.values_list("pk", flat=True)[limits.WAITING_IMAGES_MOST :]))
    return kept


@transaction.atomic
def add(*, by: Account, at: datetime, shown: Shown, images: Images) -> Piece:
    """Show one more piece of work, after the others."""
    _lock(by)
    _refuse_faults(shown, images)
    count = Piece.objects.filter(account=by).count()
    if count >= limits.PIECES_MOST:
        raise Refused.because("piece.too_many", most=limits.PIECES_MOST)
    piece = Piece(account=by, position=count + 1)
    _write(piece, shown, images, at=at)
    record("profile.piece_added", piece, by=by, at=at)
    return piece


@transaction.atomic
def change(piece_id: int, *, by: Account, at: datetime, shown: Shown, images: Images) -> Piece:
    """Say it anew, with these pictures and no others."""
    _lock(by)
    piece = Piece.objects.select_for_update().get(pk=piece_id, account=by)
    _refuse_faults(shown, images)
    _write(piece, shown, images, at=at)
    record("profile.piece_changed", piece, by=by, at=at)
    return piece


@transaction.atomic
def remove(piece_id: int, *, by: Account, at: datetime) -> None:
    """Show this piece no more. Its pictures go with it."""
    _lock(by)
    piece = Piece.objects.select_for_update().get(pk=piece_id, account=by)
    record("profile.piece_removed", piece, by=by, at=at)
    _forget(list(piece.images.values_list("pk", flat=True)))
    place = piece.position
    piece.delete()
    Piece.objects.filter(account=by, position__gt=place).update(position=F("position") - 1)


@transaction.atomic
def move(piece_id: int, *, by: Account, at: datetime, is_up: bool) -> Piece:
    """Exchange places with the piece before, or with the one after. At its end it stays."""
    _lock(by)
    piece = Piece.objects.select_for_update().get(pk=piece_id, account=by)
    place = piece.position - 1 if is_up else piece.position + 1
    if Piece.objects.filter(account=by, position=place).update(position=piece.position):
        piece.position = place
        piece.save(update_fields=["position"])
        record("profile.piece_moved", piece, by=by, at=at)
    return piece


def _lock(by: Account) -> None:
    """Places and numbers of one person are given one after the other."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)


def _refuse_faults(shown: Shown, images: Images) -> None:
    found = policy.faults(shown, images=len(images))
    for code in found.values():
        raise Refused.because(code, most=limits.IMAGES_MOST)
    if not all(alt for _, alt in images):
        raise Refused.because("piece.alt_missing")
    if len(shown.skills) > limits.PIECE_SKILLS_MOST:
        raise Refused.because("profile.too_many_skills", most=limits.PIECE_SKILLS_MOST)


def _write(piece: Piece, shown: Shown, images: Images, *, at: datetime) -> None:
    piece.title, piece.text, piece.link = shown.title, shown.text, shown.link
    piece.category, piece.skills = shown.category, list(dict.fromkeys(shown.skills))
    piece.year_from, piece.year_to = shown.year_from, shown.year_to
    piece.updated_at = at
    piece.save()
    _hang(piece, images)


def _hang(piece: Piece, images: Images) -> None:
    """These pictures, in this order: one's own that waited, or that hung here before."""
    own = PieceImage.objects.select_for_update().filter(account=piece.account_id)
    known = {one.pk: one for one in own.filter(pk__in=[key for key, _ in images])}
    if len({key for key, _ in images} & known.keys()) != len(images):
        raise Refused.because("piece.image_gone")
    if any(one.piece_id not in (None, piece.pk) for one in known.values()):
        raise Refused.because("piece.image_gone")
    _forget([one.pk for one in piece.images.all() if one.pk not in known])
    for position, (key, alt) in enumerate(images, start=1):
        PieceImage.objects.filter(pk=key).update(piece=piece, position=position, alt=alt)


def _forget(keys: list[UUID]) -> None:
    """Rows of pictures and of their files; the bytes, which no row knows then, go by the sweep."""
    PieceImage.objects.filter(pk__in=keys).delete()
    StoredFile.objects.filter(pk__in=keys).delete()
