from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all rows, and lets everyone write meanwhile."""

    dependencies = [("office", "0004_yen_in_range")]

    operations = [
        ValidateConstraint("moneyact", "money_act_yen_in_range"),
        ValidateConstraint("daylimit", "day_limit_yen_in_range"),
    ]
