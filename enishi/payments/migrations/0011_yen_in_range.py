from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

MOST = 10**12  # yen


class Migration(migrations.Migration):
    """No sum is larger than any can be (M12). The next migration checks the rows that stand."""

    dependencies = [("payments", "0010_examination")]

    operations = [
        AddConstraintNotValid(
            "refund",
            models.CheckConstraint(
                name="refund_yen_in_range", condition=Q(amount__range=(0, MOST))
            ),
        ),
        AddConstraintNotValid(
            "chargeback",
            models.CheckConstraint(
                name="chargeback_yen_in_range",
                condition=Q(amount__range=(0, MOST)) & Q(owed__range=(0, MOST)),
            ),
        ),
        AddConstraintNotValid(
            "payout",
            models.CheckConstraint(
                name="payout_yen_in_range", condition=Q(amount__range=(0, MOST))
            ),
        ),
        AddConstraintNotValid(
            "payoutbatch",
            models.CheckConstraint(
                name="payout_batch_yen_in_range", condition=Q(total__range=(0, MOST))
            ),
        ),
        AddConstraintNotValid(
            "payment",
            models.CheckConstraint(
                name="payment_arrived_in_range", condition=Q(arrived__range=(0, MOST))
            ),
        ),
    ]
