"""What must hold before a page is served: tries are counted where every process sees them (A6)."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LONELY = ("DummyCache", "LocMemCache", "FileBasedCache")


def throttles_are_shared() -> None:
    """A cache of one process would allow five tries to each of them; a dummy one, any number."""
    backend = str(settings.CACHES["default"]["BACKEND"])
    if backend.endswith(LONELY):
        raise ImproperlyConfigured(
            f"{backend} is no cache for a market: attempts at passwords and codes would not be "
            "counted across processes. Use the database (as the settings do) or a shared server."
        )
