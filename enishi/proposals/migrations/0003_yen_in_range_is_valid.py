from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all rows, and lets everyone write meanwhile."""

    dependencies = [("proposals", "0002_yen_in_range")]

    operations = [
        ValidateConstraint("proposal", "proposal_yen_in_range"),
    ]
