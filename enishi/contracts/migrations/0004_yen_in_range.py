from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

MOST = 10**12  # yen


class Migration(migrations.Migration):
    """No sum is larger than any can be (M12). The next migration checks the rows that stand."""

    dependencies = [("contracts", "0003_held_and_settled_are_valid")]

    operations = [
        AddConstraintNotValid(
            "contract",
            models.CheckConstraint(
                name="contract_yen_in_range",
                condition=Q(amount__range=(0, MOST)) & Q(paid_total__range=(0, MOST)),
            ),
        ),
        AddConstraintNotValid(
            "milestone",
            models.CheckConstraint(
                name="milestone_yen_in_range",
                condition=Q(amount__range=(0, MOST))
                & Q(escrow_amount__range=(0, MOST))
                & Q(withheld__range=(0, MOST))
                & Q(fee__range=(0, MOST))
                & Q(fee_tax__range=(0, MOST))
                & Q(settled_amount__range=(0, MOST)),
            ),
        ),
    ]
