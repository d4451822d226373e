from django.db import migrations, models


class Migration(migrations.Migration):
    """Room for the place of a paper in the chain and for what it is searched by. Empty at first."""

    dependencies = [("documents", "0002_slips")]

    operations = [
        migrations.AddField("document", "amount", models.BigIntegerField(null=True)),
        migrations.AddField("document", "party_names", models.TextField(null=True)),
        migrations.AddField("document", "position", models.BigIntegerField(null=True)),
        migrations.AddField("document", "chain", models.CharField(max_length=64, null=True)),
    ]
