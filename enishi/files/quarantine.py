"""Bytes that were caught lie apart, where no page reads. The office may look at them by hand."""

from pathlib import Path

from django.conf import settings

from .models import Scan, StoredFile

FOLDER = "quarantine"


def place_of(stored: StoredFile) -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER / str(stored.pk)


def take(stored: StoredFile) -> None:
    """Move the bytes away; done already is done well."""
    place = place_of(stored)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        stored.path.rename(place)
    except FileNotFoundError:
        return


def take_remaining() -> None:
    """What a crash between the commit and the move has left behind."""
    for scan in Scan.objects.filter(status="bad").select_related("file"):
        take(scan.file)
