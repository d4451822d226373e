from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all contracts and milestones, and lets everyone write in them meanwhile."""

    dependencies = [("contracts", "0006_ended_by_whose_fault")]

    operations = [
        ValidateConstraint("contract", "contract_fault_ended_it"),
        ValidateConstraint("milestone", "milestone_fault_ended_it"),
    ]
