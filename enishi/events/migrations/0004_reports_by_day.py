# Reports that were decided are counted for whom they were about.

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("events", "0003_trace_is_valid")]

    operations = [
        AddIndexConcurrently(
            model_name="event",
            index=models.Index(
                condition=models.Q(("name", "report.decided")),
                fields=["at"],
                name="event_report_decided",
            ),
        ),
    ]
