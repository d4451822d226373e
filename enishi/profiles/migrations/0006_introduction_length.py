from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual


class Migration(migrations.Migration):
    """How much of an introduction counts (RA2) stands beside it."""

    dependencies = [("profiles", "0005_client_orders")]

    operations = [
        migrations.AddField(
            "workerprofile",
            "introduction_length",
            models.PositiveIntegerField(default=0, db_default=0),
        ),
        AddConstraintNotValid(
            "workerprofile",
            models.CheckConstraint(
                name="worker_introduction_is_no_longer_than_its_text",
                condition=LessThanOrEqual(F("introduction_length"), Length("introduction")),
            ),
        ),
    ]
