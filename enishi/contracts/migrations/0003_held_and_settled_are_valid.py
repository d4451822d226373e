from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all milestones, and lets everyone write in them meanwhile."""

    dependencies = [("contracts", "0002_held_and_settled")]

    operations = [
        ValidateConstraint("milestone", "milestone_waits_with_a_clock"),
        ValidateConstraint("milestone", "milestone_settled_within_its_price"),
    ]
