from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

KINDS = (
    *("fund", "release", "refund", "refund_failed", "payout", "payout_failed"),
    *("split", "chargeback", "chargeback_won", "recovery", "write_off", "correction"),
    "payout_cancelled",
)


class Migration(migrations.Migration):
    """A payout may be withdrawn before any bank heard of it. The next migration checks the entries
    that stand, without keeping anyone from writing."""

    dependencies = [("escrow", "0005_line_by_time")]

    operations = [
        migrations.RemoveConstraint("entry", "entry_kind_known"),
        AddConstraintNotValid(
            "entry",
            models.CheckConstraint(name="entry_kind_known", condition=Q(kind__in=KINDS)),
        ),
    ]
