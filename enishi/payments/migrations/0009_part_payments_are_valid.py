from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all payments and refunds, and lets everyone write in them meanwhile."""

    dependencies = [("payments", "0008_payment_by_customer")]

    operations = [
        ValidateConstraint("payment", "payment_part_is_less_than_the_whole"),
        ValidateConstraint("refund", "refund_of_known_money"),
    ]
