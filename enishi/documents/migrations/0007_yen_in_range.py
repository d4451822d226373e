from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

MOST = 10**12  # yen


class Migration(migrations.Migration):
    """No sum is larger than any can be (M12). The next migration checks the rows that stand."""

    dependencies = [("documents", "0006_bills")]

    operations = [
        AddConstraintNotValid(
            "document",
            models.CheckConstraint(
                name="document_yen_in_range", condition=Q(amount__range=(-MOST, MOST))
            ),
        ),
    ]
