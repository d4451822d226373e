"""Columns of a row that may wait. Due times are stored facts; the sweep finds them by index."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from .clocks import Clock


class Waiting(models.Model):
    """`due_at` is what both sides see; `next_at` is when the sweep must look at the row next."""

    waiting_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def wait(self, clock: Clock, *, since: datetime, due: datetime) -> None:
        """Start a wait on this object (unsaved): the caller saves WAITING_FIELDS with it."""
        self.waiting_since, self.due_at = since, due
        self.next_at = clock.first(since, due)

    def stop_waiting(self) -> None:
        self.waiting_since = self.due_at = self.next_at = None

    def step_due(self, clock: Clock, at: datetime) -> str | None:
        """The step to take now, or None when nothing is due. Moves `next_at` past it (unsaved)."""
        if self.next_at is None or self.next_at > at:
            return None
        assert self.waiting_since is not None
        assert self.due_at is not None
        due = clock.due_steps(self.next_at, at, self.waiting_since, self.due_at)
        last = max(when for when, _ in clock.plan(self.waiting_since, self.due_at))
        self.next_at = None if last <= at else clock.next_after(at, self.waiting_since, self.due_at)
        return due[-1] if due else None


WAITING_FIELDS = ("waiting_since", "due_at", "next_at")


def waiting_index(name: str) -> models.Index:
    """The sweep's index: only rows that wait, in the order in which they fall due."""
    return models.Index(fields=["next_at", "id"], name=name, condition=Q(next_at__isnull=False))


def waits_in(name: str, states: list[str], field: str = "status") -> models.CheckConstraint:
    """No waiting state without a clock: these states have a due time."""
    condition: Any = Q(due_at__isnull=False) | ~Q(**{f"{field}__in": states})
    return models.CheckConstraint(name=name, condition=condition)
