"""Pictures we show: drawn anew as WebP, so that nothing of the sender's bytes remains."""

import io
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from PIL import Image

from enishi.accounts.models import Account
from enishi.kit.errors import Refused

from . import child
from .commands import MEGABYTE, keep
from .inspection.pictures import MOST_PIXELS
from .models import StoredFile

SIDES = (256, 512)
LONGEST_SIDE = 1280  # pixels of a picture that is shown whole
MOST_MEGABYTES = 20


@transaction.atomic
def store_image(uploaded: Any, *, by: Account, at: datetime, side: int = SIDES[0]) -> StoredFile:
    """A person chooses a picture: it is cut to a square and freed of place, camera and author."""
    _check_weight(uploaded)
    return keep([square(uploaded, side)], name="image.webp", by=by, at=at, is_reencoded=True)


@transaction.atomic
def store_whole(uploaded: Any, *, by: Account, at: datetime) -> tuple[StoredFile, tuple[int, int]]:
    """A person shows a picture: it keeps its shape, and is freed of place, camera and author.
    With its width and height in pixels."""
    _check_weight(uploaded)
    drawn = _drawn(uploaded, "fitted", LONGEST_SIDE)
    with Image.open(io.BytesIO(drawn), formats=["WEBP"]) as ours:
        size = ours.size
    return keep([drawn], name="image.webp", by=by, at=at, is_reencoded=True), size


def square(file: IO[bytes], side: int) -> bytes:
    """The picture as a WebP of side × side, upright, without any of its metadata."""
    return _drawn(file, "square", side)


def _check_weight(uploaded: Any) -> None:
    if uploaded.size > MOST_MEGABYTES * MEGABYTE:
        raise Refused.because("image.too_large", limit=f"{MOST_MEGABYTES} MB")


def _drawn(file: IO[bytes], task: str, side: int) -> bytes:
    """A child with little memory draws it: what cannot be drawn there is too large for a picture
    of a person."""
    if not getattr(file, "is_kept", True):  # it was too large already while it came in
        raise Refused.because("image.too_large", limit=f"{MOST_MEGABYTES} MB")
    answer = child.run(file, task, str(side))
    if answer.fault == "unreadable" or not answer.said:
        raise Refused.because("image.unreadable")
    if answer.fault:
        raise Refused.because("image.too_large", limit=f"{MOST_PIXELS // 1_000_000} MP")
    return answer.said
