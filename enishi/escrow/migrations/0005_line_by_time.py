from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The index of statements, built while everyone writes."""

    atomic = False
    dependencies = [("escrow", "0004_lines_say_the_balance")]

    operations = [
        AddIndexConcurrently(
            "line", models.Index(fields=["account", "at", "id"], name="line_by_time")
        )
    ]
