import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Comments from before this was kept are heard when the facts of their people are gathered."""

    dependencies = [("reviews", "0005_weight_of_reviewer")]

    operations = [
        migrations.CreateModel(
            name="Spoken",
            fields=[
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="spoken",
                        serialize=False,
                        to="reviews.review",
                    ),
                ),
                ("lexicon", models.CharField(max_length=12)),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
            ],
        ),
    ]
