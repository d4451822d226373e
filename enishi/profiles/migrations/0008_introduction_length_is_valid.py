from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all profiles, and lets everyone write in them meanwhile."""

    dependencies = [("profiles", "0007_introductions_are_counted")]

    operations = [
        ValidateConstraint("workerprofile", "worker_introduction_is_no_longer_than_its_text")
    ]
