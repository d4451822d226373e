from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads the whole journal, and lets everyone write in it meanwhile."""

    dependencies = [("events", "0002_trace")]

    operations = [ValidateConstraint(model_name="event", name="event_trace_shape")]
