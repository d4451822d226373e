# What a person uploaded on a day, counted while they upload.

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("files", "0002_scan")]

    operations = [
        AddIndexConcurrently(
            model_name="storedfile",
            index=models.Index(
                fields=["owner", "created_at"], include=("size",), name="file_by_day"
            ),
        ),
    ]
