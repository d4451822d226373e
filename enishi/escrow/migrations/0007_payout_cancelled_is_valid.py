from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("escrow", "0006_payout_cancelled")]

    operations = [ValidateConstraint("entry", "entry_kind_known")]
