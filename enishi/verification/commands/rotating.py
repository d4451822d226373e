"""The market's key for documents changes: the pictures stay as they are, their keys are wrapped
anew."""

from django.db import transaction

from enishi.verification import sealing
from enishi.verification.models import SealedPicture


@transaction.atomic
def rewrap() -> int:
    """Every key under the present one, so that a former one may be taken away. Raises
    `sealing.Unreadable` while a key is missing."""
    rows = SealedPicture.objects.select_for_update().exclude(status="erased")
    done = 0
    for picture in rows.iterator(chunk_size=200):
        if sealing.rewrap(picture):
            picture.save(update_fields=["wrapped", "key_id"])
            done += 1
    return done
