from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="rates",
            field=models.JSONField(default=dict),
            preserve_default=False,
        )
    ]
