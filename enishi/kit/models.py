"""The one row that says which mode the market runs in and how far its clock stands ahead."""

from datetime import timedelta

from django.db import models
from django.db.models import Q


class Market(models.Model):
    """Demo markets may move their clock forward; a live market's offset is zero, by constraint."""

    mode = models.CharField(max_length=4, default="live")
    ahead = models.DurationField(default=timedelta(0))

    class Meta:
        constraints = [
            models.CheckConstraint(name="market_is_one_row", condition=Q(id=1)),
            models.CheckConstraint(
                name="market_mode_known", condition=Q(mode__in=["demo", "live"])
            ),
            models.CheckConstraint(
                name="market_clock_runs_true_when_live",
                condition=Q(mode="demo", ahead__gte=timedelta(0)) | Q(ahead=timedelta(0)),
            ),
        ]
