from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

KINDS = (
    *("fund", "partial_fund", "excess", "release", "refund", "refund_failed"),
    *("payout", "payout_failed", "split"),
    *("chargeback", "chargeback_won", "recovery", "write_off", "correction"),
    "payout_cancelled",
)


class Migration(migrations.Migration):
    """A bank transfer may bring a part of a sum, or too much. The next migration checks the entries
    that stand."""

    dependencies = [("escrow", "0007_payout_cancelled_is_valid")]

    operations = [
        migrations.RemoveConstraint("entry", "entry_kind_known"),
        AddConstraintNotValid(
            "entry",
            models.CheckConstraint(name="entry_kind_known", condition=Q(kind__in=KINDS)),
        ),
    ]
