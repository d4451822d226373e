from django.db import migrations, models

from enishi.kit.constraints import AppendOnly


class Migration(migrations.Migration):
    """That a market passed everything that must be so before real money moved."""

    dependencies = [("payments", "0009_part_payments_are_valid")]

    operations = [
        migrations.CreateModel(
            name="Examination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("warnings", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["fingerprint"], name="examination_by_print")],
                "constraints": [AppendOnly(name="examination_append_only")],
            },
        )
    ]
