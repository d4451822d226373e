from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all entries, and lets everyone write meanwhile."""

    dependencies = [("escrow", "0008_partial_fund")]

    operations = [ValidateConstraint("entry", "entry_kind_known")]
