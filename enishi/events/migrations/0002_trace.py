from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Old rows are not looked at here, so the journal is locked for a moment only."""

    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="trace",
            field=models.CharField(blank=True, db_default="", default="", max_length=36),
        ),
        AddConstraintNotValid(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("trace", ""), ("trace__regex", "^[0-9a-z-]{8,36}$"), _connector="OR"
                ),
                name="event_trace_shape",
            ),
        ),
    ]
