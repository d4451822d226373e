from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

FAILED = """
    UPDATE payments_refund
       SET waiting_since = finished_at, due_at = finished_at, next_at = finished_at
     WHERE status = 'failed'"""


class Migration(migrations.Migration):
    """A refund that failed waits for treasurers; those that failed before are overdue at once."""

    dependencies = [("payments", "0013_refund_closed")]

    operations = [
        *(
            migrations.AddField("refund", name, models.DateTimeField(null=True))
            for name in ("waiting_since", "due_at", "next_at")
        ),
        migrations.RunSQL(FAILED, migrations.RunSQL.noop),
        AddConstraintNotValid(
            "refund",
            models.CheckConstraint(
                name="refund_waits_with_a_clock",
                condition=Q(due_at__isnull=False) | ~Q(status__in=["failed"]),
            ),
        ),
    ]
