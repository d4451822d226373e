from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all rows, and lets everyone write meanwhile."""

    dependencies = [("contracts", "0004_yen_in_range")]

    operations = [
        ValidateConstraint("contract", "contract_yen_in_range"),
        ValidateConstraint("milestone", "milestone_yen_in_range"),
    ]
