from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

KINDS = (
    *("split", "write_off", "correction", "hold_payouts", "resume_payouts"),
    *("close_difference", "payout_batch", "failed_refund"),
)


class Migration(migrations.Migration):
    """Two treasurers also decide about refunds that failed. The next migration checks the rows that
    stand, without keeping anyone from writing."""

    dependencies = [("office", "0005_yen_in_range_is_valid")]

    operations = [
        migrations.RemoveConstraint("moneyact", "act_kind_known"),
        AddConstraintNotValid(
            "moneyact",
            models.CheckConstraint(name="act_kind_known", condition=Q(kind__in=KINDS)),
        ),
    ]
