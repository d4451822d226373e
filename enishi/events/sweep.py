"""The one sweep over everything that waits: each row whose time has come is looked at once."""

import logging
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)
BATCH = 500


def due(label: str, at: datetime) -> list[int]:
    """Ids of rows whose next step has come, by the partial index on next_at."""
    rows = apps.get_model(label)._default_manager.filter(next_at__lte=at)
    return list(rows.order_by("next_at", "id").values_list("id", flat=True)[:BATCH])


def sweep(*, at: datetime) -> int:
    """Take every step that is due at `at`; returns how many rows were looked at. A row that
    fails is logged and left for the next sweep, and never stops the others."""
    return sum(1 for _ in steps(at))


def steps(at: datetime) -> Iterator[tuple[str, int]]:
    for label, path in import_module(settings.WIRING).SWEPT.items():
        tick = import_string(path)
        seen: set[int] = set()
        while fresh := [pk for pk in due(label, at) if pk not in seen]:
            for pk in fresh:
                seen.add(pk)  # once a sweep, so that a row which fails cannot hold it up
                try:
                    tick(pk, at=at)
                except Exception:
                    log.exception("The clock of %s %s could not be moved", label, pk)
                yield label, pk
