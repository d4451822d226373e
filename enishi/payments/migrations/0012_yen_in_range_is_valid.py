from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all rows, and lets everyone write meanwhile."""

    dependencies = [("payments", "0011_yen_in_range")]

    operations = [
        ValidateConstraint("refund", "refund_yen_in_range"),
        ValidateConstraint("chargeback", "chargeback_yen_in_range"),
        ValidateConstraint("payout", "payout_yen_in_range"),
        ValidateConstraint("payoutbatch", "payout_batch_yen_in_range"),
        ValidateConstraint("payment", "payment_arrived_in_range"),
    ]
