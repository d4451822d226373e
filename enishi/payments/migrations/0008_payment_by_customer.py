from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Whose bank transfer is heard of, found while everyone writes."""

    atomic = False
    dependencies = [("payments", "0007_part_payments")]

    operations = [
        AddIndexConcurrently(
            "payment",
            models.Index(
                condition=~Q(customer=""), fields=["customer"], name="payment_by_customer"
            ),
        )
    ]
