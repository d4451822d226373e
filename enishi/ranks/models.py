"""Where each worker stands, and what each earned in which category over the last 365 days."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from enishi.kit.constraints import LegalMoves, yen_in_range
from enishi.kit.waiting import Waiting, waiting_index, waits_in

from .lifecycle import STANDING
from .policy import RANKS


class Standing(Waiting):
    """A worker's rank with the facts it was last computed from. While it is `falling`, `due_at` is
    when it falls unless it is kept (RA8)."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="standing"
    )
    rank = models.CharField(max_length=9, default=RANKS[0])
    status = models.CharField(max_length=7, default=STANDING.start)
    since = models.DateTimeField()  # when it came to this rank
    fell_at = models.DateTimeField(null=True)  # the last time it fell
    facts = models.JSONField(default=dict)  # policy.Facts, as `facts.stored` writes them
    computed_at = models.DateTimeField()

    class Meta:
        indexes = [
            waiting_index("standing_waiting"),
            models.Index(fields=["rank", "since", "account"], name="standing_listed"),
        ]
        constraints = [
            LegalMoves(
                name="standing_moves", field="status", start=STANDING.start, edges=STANDING.edges
            ),
            waits_in("standing_falls_with_a_clock", ["falling"]),
            models.CheckConstraint(name="standing_rank_known", condition=Q(rank__in=RANKS)),
            models.CheckConstraint(
                name="standing_unranked_cannot_fall",
                condition=~Q(rank=RANKS[0], status="falling"),
            ),
        ]


class Earning(models.Model):
    """Yen released to a worker before the fee in one category, over the last 365 days (RA6)."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    category = models.CharField(max_length=8)
    yen = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["category", "-yen"], name="earning_by_category")]
        constraints = [
            models.UniqueConstraint(fields=["account", "category"], name="earning_once"),
            yen_in_range("earning_yen_in_range", "yen"),
        ]
