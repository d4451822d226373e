from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all drafts, and lets everyone write meanwhile."""

    dependencies = [("drafts", "0003_drafts_of_reports")]

    operations = [ValidateConstraint("draft", "draft_place_known")]
