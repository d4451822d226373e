from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

MOST = 10**12  # yen


class Migration(migrations.Migration):
    """No sum is larger than any can be (M12). The next migration checks the rows that stand."""

    dependencies = [("office", "0003_acts_on_batches_are_valid")]

    operations = [
        AddConstraintNotValid(
            "moneyact",
            models.CheckConstraint(
                name="money_act_yen_in_range", condition=Q(amount__range=(0, MOST))
            ),
        ),
        AddConstraintNotValid(
            "daylimit",
            models.CheckConstraint(
                name="day_limit_yen_in_range",
                condition=Q(most__range=(0, MOST)) & Q(moved__range=(0, MOST)),
            ),
        ),
    ]
