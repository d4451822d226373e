from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all rows, and lets everyone write meanwhile."""

    dependencies = [("documents", "0007_yen_in_range")]

    operations = [
        ValidateConstraint("document", "document_yen_in_range"),
    ]
