from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("office", "0002_acts_on_batches")]

    operations = [ValidateConstraint("moneyact", "act_kind_known")]
