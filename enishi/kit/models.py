"""The one row that says which mode the market runs in, how far its clock stands ahead and whether
it is a restored copy; and the signs of life of what runs by itself."""

from datetime import timedelta

from django.db import models
from django.db.models import Q


class Market(models.Model):
    """Demo markets may move their clock forward; a live market's offset is zero, by constraint."""

    mode = models.CharField(max_length=4, default="live")
    ahead = models.DurationField(default=timedelta(0))
    # Set while this is a restored copy: nothing leaves the house then (D7). Real time.
    quarantined_at = models.DateTimeField(null=True)

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


class Heartbeat(models.Model):
    """When something that runs by itself was last done. Real time, by the database's clock."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
