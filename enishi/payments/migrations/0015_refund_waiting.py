from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """The sweep's index, built while everyone writes."""

    atomic = False
    dependencies = [("payments", "0014_refund_waits")]

    operations = [
        AddIndexConcurrently(
            "refund",
            models.Index(
                fields=["next_at", "id"],
                name="refund_waiting",
                condition=Q(next_at__isnull=False),
            ),
        ),
        ValidateConstraint("refund", "refund_waits_with_a_clock"),
    ]
