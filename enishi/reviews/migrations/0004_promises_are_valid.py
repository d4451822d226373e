from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all reviews, and lets everyone write meanwhile."""

    dependencies = [("reviews", "0003_promises")]

    operations = [ValidateConstraint("review", "review_promises_known")]
