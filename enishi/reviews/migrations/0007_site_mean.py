from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Reckoned on the spot until the first night."""

    dependencies = [("reviews", "0006_what_comments_speak_of")]

    operations = [
        migrations.CreateModel(
            name="SiteMean",
            fields=[
                ("side", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("heavy", models.BigIntegerField()),
                ("total", models.BigIntegerField()),
                ("computed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="site_mean_side_known",
                        condition=Q(side__in=("client", "worker")),
                    ),
                    models.CheckConstraint(name="site_mean_of_something", condition=Q(heavy__gt=0)),
                ],
            },
        ),
    ]
