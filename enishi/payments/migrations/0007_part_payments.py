from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q

OPEN = ("created", "requires_payment", "processing", "failed")


class Migration(migrations.Migration):
    """A payment remembers what came for it by bank transfer, from whom, and since when nobody wants
    it. The next migration checks the rows that stand."""

    dependencies = [("payments", "0006_paid_by_file_is_valid")]

    operations = [
        migrations.AddField("payment", "arrived", models.BigIntegerField(default=0)),
        migrations.AddField(
            "payment", "customer", models.CharField(blank=True, default="", max_length=255)
        ),
        migrations.AddField("payment", "unwanted_at", models.DateTimeField(null=True)),
        migrations.AddField("refund", "of", models.CharField(default="payment", max_length=8)),
        AddConstraintNotValid(
            "payment",
            models.CheckConstraint(
                name="payment_part_is_less_than_the_whole",
                condition=Q(arrived=0)
                | Q(arrived__gt=0)
                & ~Q(customer="")
                & (Q(arrived__lt=F("amount")) | ~Q(status__in=OPEN)),
            ),
        ),
        AddConstraintNotValid(
            "refund",
            models.CheckConstraint(
                name="refund_of_known_money", condition=Q(of__in=("payment", "transfer"))
            ),
        ),
    ]
