from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all rows, and lets everyone write meanwhile."""

    dependencies = [("escrow", "0011_yen_in_range")]

    operations = [
        ValidateConstraint("line", "line_yen_in_range"),
    ]
