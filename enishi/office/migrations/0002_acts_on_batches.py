from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

KINDS = (
    *("split", "write_off", "correction", "hold_payouts", "resume_payouts"),
    *("close_difference", "payout_batch"),
)


class Migration(migrations.Migration):
    """Two treasurers also decide about files for the bank. The next migration checks the rows that
    stand, without keeping anyone from writing."""

    dependencies = [("office", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("moneyact", "act_kind_known"),
        AddConstraintNotValid(
            "moneyact",
            models.CheckConstraint(name="act_kind_known", condition=Q(kind__in=KINDS)),
        ),
    ]
