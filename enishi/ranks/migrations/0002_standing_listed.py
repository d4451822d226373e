from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Workers of a rank are listed by when they came to it, a page at a time."""

    atomic = False

    dependencies = [("ranks", "0001_standings")]

    operations = [
        AddIndexConcurrently(
            "standing",
            models.Index(fields=["rank", "since", "account"], name="standing_listed"),
        ),
        RemoveIndexConcurrently("standing", "standing_by_rank"),
    ]
