"""What is reckoned from the record and kept, so that a page asks once for many people."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .signals import SIDES


class PersonFacts(models.Model):
    """The facts of one person on one side, as `gathering.stored` writes them. They can always be
    gathered anew."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    side = models.CharField(max_length=6)
    facts = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "side"], name="person_facts_once_per_side"),
            models.CheckConstraint(name="person_facts_side_known", condition=Q(side__in=SIDES)),
        ]


class MarketRange(models.Model):
    """What finished contracts of a subcategory paid for one unit, in yen: the middle half and the
    median. By the `hour`, after fees; by any other unit of the catalogue, as agreed (JO7)."""

    subcategory = models.CharField(max_length=12)
    unit = models.CharField(max_length=20)
    low = models.DecimalField(max_digits=14, decimal_places=2)
    median = models.DecimalField(max_digits=14, decimal_places=2)
    high = models.DecimalField(max_digits=14, decimal_places=2)
    sample = models.PositiveIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subcategory", "unit"], name="market_range_once"),
            models.CheckConstraint(
                name="market_range_in_order",
                condition=Q(low__gte=0, median__gte=F("low"), high__gte=F("median")),
            ),
            models.CheckConstraint(name="market_range_has_a_sample", condition=Q(sample__gt=0)),
        ]
