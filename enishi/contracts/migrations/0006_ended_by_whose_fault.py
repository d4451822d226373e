from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

SIDES = ("client", "worker")


class Migration(migrations.Migration):
    """On whose side the fault stands when a deal ends early (RE3). Deals that ended before this
    have none: nobody rates them afterwards."""

    dependencies = [("contracts", "0005_yen_in_range_is_valid")]

    operations = [
        migrations.AddField(
            "contract",
            "fault",
            models.CharField(blank=True, db_default="", default="", max_length=6),
        ),
        migrations.AddField(
            "milestone",
            "fault",
            models.CharField(blank=True, db_default="", default="", max_length=6),
        ),
        AddConstraintNotValid(
            "contract",
            models.CheckConstraint(
                name="contract_fault_ended_it",
                condition=Q(fault="")
                | Q(fault__in=SIDES, status="ended", reviews_close_at__isnull=False),
            ),
        ),
        AddConstraintNotValid(
            "milestone",
            models.CheckConstraint(
                name="milestone_fault_ended_it",
                condition=Q(fault="") | Q(fault__in=SIDES, status__in=["refunded", "cancelled"]),
            ),
        ),
    ]
