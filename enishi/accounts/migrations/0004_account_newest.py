from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Workers are listed by the day on which they joined, a page at a time."""

    atomic = False

    dependencies = [("accounts", "0003_signed_in_on")]

    operations = [
        AddIndexConcurrently(
            "account", models.Index(fields=["joined_at", "id"], name="account_newest")
        ),
    ]
