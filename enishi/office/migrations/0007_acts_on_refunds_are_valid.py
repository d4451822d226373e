from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("office", "0006_acts_on_refunds")]

    operations = [ValidateConstraint("moneyact", "act_kind_known")]
