"""The one sweep over everything that waits: each row whose time has come is looked at once."""

import logging
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from enishi.kit.failpoints import failpoint

log = logging.getLogger(__name__)
BATCH = 500


def query(label: str, at: datetime, after: tuple[datetime, int] | None = None) -> QuerySet[Any]:
    """A batch of rows whose next step has come, by the partial index on next_at."""
    rows = apps.get_model(label)._default_manager.filter(next_at__lte=at)
    if after is not None:
        when, last = after
        # The first condition is where the index begins; rows of the same instant are told by id.
        rows = rows.filter(Q(next_at__gte=when), Q(next_at__gt=when) | Q(id__gt=last))
    return rows.order_by("next_at", "id").values_list("next_at", "id")[:BATCH]


def all_due(label: str, at: datetime) -> Iterator[int]:
    """Ids of all rows whose next step has come, each once: also one that fails, and stays due,
    lies behind the next batch."""
    after = None
    while batch := list(query(label, at, after)):
        for after in batch:
            yield after[1]


def sweep(*, at: datetime) -> int:
    """Take every step that is due at `at`; returns how many rows were looked at. A row that
    fails is logged and left for the next sweep, and never stops the others."""
    return sum(1 for _ in steps(at))


def steps(at: datetime) -> Iterator[tuple[str, int]]:
    for label, path in import_module(settings.WIRING).SWEPT.items():
        tick = import_string(path)
        for pk in all_due(label, at):
            try:
                tick(pk, at=at)
            except Exception:
                log.exception("The clock of %s %s could not be moved", label, pk)
            failpoint("events.sweeping")
            yield label, pk
