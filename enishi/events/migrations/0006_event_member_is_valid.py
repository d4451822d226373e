from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads the whole journal, and lets everyone write in it meanwhile."""

    dependencies = [("events", "0005_event_member")]

    operations = [ValidateConstraint("event", "event_member_acts_for_an_account")]
