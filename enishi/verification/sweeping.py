"""Sealed bytes without a readable row go: those of a request that was never written down, after a
day; those whose key was destroyed, at once."""

import time
from uuid import UUID

from django.conf import settings

from .models import SealedPicture

KEPT_FOR = 24 * 60 * 60  # seconds, far longer than any request


def sweep(*, older_than: float = KEPT_FOR) -> int:
    """How many files went. Ages are real time: the market's clock may run ahead."""
    gone = 0
    for path in settings.SEALED_ROOT.glob("??/*"):
        status = SealedPicture.objects.filter(pk=UUID(path.name)).values_list("status", flat=True)
        known = status.first()
        is_old = time.time() - path.stat().st_mtime > older_than  # noqa: TID251  # real time
        if known == "erased" or (known is None and is_old):
            path.unlink(missing_ok=True)
            gone += 1
    return gone
